import { RegisterTicket } from '@rapport/domain/commands';
import type { TicketType, Urgency } from '@rapport/domain/values';
import { HOUR, instant, MINUTE } from './calendar';
import { causesOf, SPECIALISTS, words } from './cast';
import { send, wait, type Stage, type Story } from './story';
import { ended } from './ticket.end';
import { handled } from './ticket.work';

/** A ticket as its story knows it. */
export interface Case {
  readonly stage: Stage;
  readonly ticketId: string;
  readonly customerId: string;
  readonly isComplaint: boolean;
  /** It was registered without a type. */
  readonly isUnclassified: boolean;
  /** Who takes it in and, mostly, answers to the customer. */
  readonly by: (typeof SPECIALISTS)[number];
  /** How a part of it goes on that was split off and that the product has registered by itself. */
  readonly part: (ticketId: string, isComplaint: boolean) => Story;
}

const TYPES: readonly (readonly [number, TicketType | undefined])[] = [
  [0.44, 'SERVICE'],
  [0.3, 'FUNCTIONAL'],
  [0.12, 'COMPLAINT'],
  [0.05, 'COOPERATION'],
  [0.09, undefined],
];
const URGENCIES: readonly (readonly [number, Urgency])[] = [
  [0.12, 'URGENT'],
  [0.33, 'IMPORTANT'],
  [0.55, 'ROUTINE'],
];
const CHANNELS = ['PHONE', 'EMAIL', 'ONLINE_CHAT', 'WECOM', 'TICKET_SYSTEM', 'OFFLINE_VISIT'] as const;

/** A need from its registration to its end; mostly short, some of it long. */
export function* ticketStory(stage: Stage, customerId: string, contactId?: string): Story {
  const { dice } = stage;
  const type = dice.weighed(TYPES);
  const by = dice.skewed(SPECIALISTS);
  const ticketId = `T-${stage.number('ticket')}`;
  const taken = yield send(registration(stage, { ticketId, customerId, contactId, type, by }), by);
  if (!taken) return;
  const whole = { stage, ticketId, customerId, by, isUnclassified: type === undefined };
  yield* toItsEnd({ ...whole, isComplaint: type === 'COMPLAINT', part: (...of) => partStory(whole, ...of) });
}

function* partStory(
  whole: Omit<Case, 'part' | 'isComplaint'>,
  ticketId: string,
  isComplaint: boolean,
): Story {
  yield wait(5 * MINUTE);
  const part = { ...whole, ticketId, isComplaint, isUnclassified: false };
  yield* toItsEnd({ ...part, part: (...of) => partStory(part, ...of) });
}

function* toItsEnd(of: Case): Story {
  if (yield* handled(of)) yield* ended(of);
  of.stage.ticketIsOver(of.ticketId);
}

interface Taken {
  readonly ticketId: string;
  readonly customerId: string;
  readonly contactId: string | undefined;
  readonly type: TicketType | undefined;
  readonly by: Case['by'];
}
const registration = ({ dice, late, now }: Stage, { type, by, contactId, ...ids }: Taken) =>
  RegisterTicket.of({
    ...ids,
    ...{ urgency: dice.weighed(URGENCIES), channel: dice.skewed(CHANNELS), verbatim: words(dice) },
    collectorId: by.id,
    raisedAt: instant(now() - (dice.chance(late) ? dice.lognormal(8 * HOUR, 1) : 0)),
    ...(type !== undefined && { type }),
    ...(contactId !== undefined && { contactId }),
    ...(dice.chance(0.3) && { distilled: `Article ${dice.int(1_000, 9_999)} does not do what was agreed` }),
    ...(dice.chance(0.25) && { orderNumbers: [`O-${dice.int(1, 99_999)}`] }),
    ...(type === 'COMPLAINT' && { complaint: spoken(dice) }),
  });

const spoken = (dice: Stage['dice']) => ({
  causes: causesOf(dice),
  emotion: dice.of(['CALM', 'UPSET', 'UPSET', 'ANGRY'] as const),
  text: words(dice),
  ...(dice.chance(0.04) && { businessInterrupted: true }),
  ...(dice.chance(0.02) && { publicThreat: true }),
});
