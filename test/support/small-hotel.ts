import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  at,
  Command,
  Count,
  Event,
  Flag,
  Id,
  Instant,
  OneOf,
  Optional,
  options,
  Part,
  Personal,
  policy,
  projection,
  question,
  refuse,
  reject,
  Text,
  Texts,
  text,
  flag,
  instant,
  integer,
  json,
  maybe,
  type Aggregate,
} from '@rapport/kernel';
import { Application, type Plan } from '@rapport/platform';

/** The smallest business that has everything the edge must know how to serve: two commands, a read model with history, a report. */
const Room = options('SINGLE', 'DOUBLE');
type Room = keyof typeof Room;

class Wishes {
  @Flag() quiet!: boolean;
  @Optional() @Texts(20) extras?: readonly string[];
}
class CheckIn extends Command {
  @Id() guestId!: string;
  @Text(40) name!: string;
  @OneOf(Room) room!: Room;
  @Count(1, 30) nights!: number;
  @Optional() @Instant() arrivedAt?: string;
  @Optional() @Part(Wishes) wishes?: Wishes;
}
class CheckOut extends Command {
  @Id() guestId!: string;
}
class GuestArrived extends Event {
  @Id() guestId!: string;
  @Text(40) @Personal('guestId') name!: string;
  @OneOf(Room) room!: Room;
  @Count(1, 30) nights!: number;
  @Instant() arrivedAt!: string;
  @Instant() dueAt!: string;
}
class GuestLeft extends Event {
  @Id() guestId!: string;
}
const events = { GuestArrived, GuestLeft };
const commands = { CheckIn, CheckOut };

const DAY_MS = 86_400_000;
const after = (instant: string, days: number) => new Date(Date.parse(instant) + days * DAY_MS).toISOString();

const stay: Aggregate<'away' | 'here', typeof events, typeof commands> = {
  ...{ name: 'stay', id: 'guestId', events, commands, initial: 'away' },
  evolve: { GuestArrived: () => 'here', GuestLeft: () => 'away' },
  decide: {
    CheckIn: (state, command, { now }) => {
      if (state === 'here')
        refuse('GUEST_HERE', 'the guest is here already', { existingId: command.guestId });
      const { arrivedAt = now, guestId, name, room, nights } = command;
      if (arrivedAt > now) reject('ARRIVED_IN_FUTURE', 'arrivedAt', 'arrivedAt lies in the future');
      const dueAt = after(arrivedAt, nights);
      return [GuestArrived.of({ guestId, name, room, nights, arrivedAt, dueAt }, arrivedAt)];
    },
    CheckOut: (state, { guestId }) => (state === 'here' ? [GuestLeft.of({ guestId })] : []),
  },
};

export const guests = projection(events, {
  ...{ name: 'guests', version: 2, about: 'Who is here?', key: 'guestId', history: true },
  columns: {
    room: text<Room>('SINGLE').says('SINGLE or DOUBLE'),
    nights: integer().says('How long the guest stays (SYS-01.1)', 'nights'),
    ...{ here: flag(), arrivedAt: instant().says('When the guest came') },
    leftAt: maybe(instant()).says('When the guest went; null: still here'),
    notes: json<readonly string[]>([]),
  },
}).on({
  GuestArrived: (_, { room, nights, arrivedAt }) => ({ room, nights, arrivedAt, here: true, leftAt: null }),
  GuestLeft: (_, __, { occurredAt }) => ({ here: false, leftAt: occurredAt }),
});
export const visits = projection(events, {
  ...{ name: 'visits', version: 1, about: 'How often was a guest here?', key: 'guestId' },
  columns: { count: integer() },
}).on({ GuestArrived: ({ count }) => ({ count: count + 1 }) });

class OccupancyParams {
  @Optional() @OneOf(Room) room?: Room;
  @Optional() @Count(1, 30) nightsMin?: number;
  @Optional() @Flag() here?: boolean;
}
const occupancy = question({
  ...{ name: 'occupancy', about: 'How many guests are here?', params: OccupancyParams, reads: [guests] },
  answer: async ({ room, nightsMin, here = true }, { rows, now }) => {
    const conditions = [
      ['here', '=', here] as const,
      ...(room === undefined ? [] : [['room', '=', room] as const]),
      ...(nightsMin === undefined ? [] : [['nights', '>=', nightsMin] as const]),
    ];
    return { guests: await rows.count(guests.table, conditions), now };
  },
});

/** When the nights are over, the guest leaves. */
const leaving = policy(events, {
  name: 'when-nights-over-then-check-out',
  about: 'Nights end.',
  key: 'guestId',
}).on({
  GuestArrived: (_, { guestId, dueAt }) => ({ wake: at(dueAt, CheckOut.of({ guestId })) }),
  GuestLeft: () => ({ wake: null }),
});

export const hotel = (now: () => string, more: Partial<Plan> = {}): Application =>
  new Application({
    ...{
      aggregates: [stay],
      readModels: [guests, visits],
      rollups: [],
      questions: [occupancy],
      policies: [leaving],
    },
    ...{ log: new MemoryEventLog(), rows: new MemoryRowStore(), keys: new MemoryKeyRing(), now },
    onFailure: () => undefined,
    ...more,
  });
export { CheckIn, CheckOut };
