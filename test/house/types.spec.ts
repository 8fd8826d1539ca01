import {
  Command,
  Count,
  Event,
  flag,
  Id,
  integer,
  maybe,
  OneOf,
  Optional,
  options,
  policy,
  projection,
  rollup,
  text,
  Text,
  type Aggregate,
  type Position,
} from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';

/** What the compiler must refuse. `tsc` is the test: an expected error that does not come is an error. */
const Plan = options('BASIC', 'PREMIUM');
type Plan = keyof typeof Plan;

class Joined extends Event {
  @Id() memberId!: string;
  @OneOf(Plan) plan!: Plan;
}
class PlanChanged extends Event {
  @Id() memberId!: string;
  @OneOf(Plan) from!: Plan;
  @OneOf(Plan) to!: Plan;
}
class HallBooked extends Event {
  @Id() hallId!: string;
}
class Join extends Command {
  @Id() memberId!: string;
  @Optional() @Text(20) note?: string;
}
class ChangePlan extends Command {
  @Id() memberId!: string;
  @OneOf(Plan) to!: Plan;
}
const events = { Joined, PlanChanged, HallBooked };
const ofMember = { Joined, PlanChanged };
const commands = { Join, ChangePlan };

class Wrong extends Event {
  @Id() id!: string;
  // @ts-expect-error a number is declared as text
  @Count(0, 9) note!: string;
  // @ts-expect-error a text is declared as a number
  @Text(9) size!: number;
  // @ts-expect-error values that are not among the options
  @OneOf(Plan) plan!: 'GOLD';
}
export const messages = () => [
  // @ts-expect-error fields are missing
  Wrong.of({ id: 'x' }),
  // @ts-expect-error no such plan
  Joined.of({ memberId: 'm-1', plan: 'GOLD' }),
  // @ts-expect-error no such field
  Join.of({ memberId: 'm-1', plan: 'BASIC' }),
  // @ts-expect-error undefined is no value
  Join.of({ memberId: 'm-1', note: undefined }),
  // @ts-expect-error a number is no instant
  Joined.of({ memberId: 'm-1', plan: 'BASIC' }, 1_709_283_600_000),
];
export const positions = (position: Position): Position[] => [
  position,
  // @ts-expect-error a number that came from nowhere is no position
  7,
  // @ts-expect-error nobody calculates with positions
  position + 1,
];

const shape = { name: 'members', version: 1, about: 'Who is in?' } as const;
const table = {
  columns: {
    ...{ plan: text<Plan>('BASIC'), changes: integer(), gone: flag(), since: maybe(text()) },
    next: maybe(text<Plan>().says('What it will be from the next month on (SYS-06.1)')).says(
      'What it will be',
    ),
  },
};
const members = projection(events, { ...shape, ...table, key: 'memberId' });
export const models = () => [
  // @ts-expect-error an index over a column that is not there
  projection(events, { ...shape, ...table, key: 'memberId', indexes: [['name']] }),
  members.on({
    // @ts-expect-error this event does not say which member
    HallBooked: () => ({ changes: 1 }),
  }),
  members.on({
    // @ts-expect-error not a value of this column
    Joined: () => ({ plan: 'GOLD' }),
  }),
  members.on({
    // @ts-expect-error this column is never empty
    Joined: () => ({ changes: null }),
  }),
  members.on({
    // @ts-expect-error a column that was told what it says keeps its values
    Joined: () => ({ next: 'GOLD' }),
  }),
  members.on({ Joined: () => ({ next: null }) }),
  members.on({
    // @ts-expect-error no field of this event
    Joined: (_, { to }) => ({ changes: Number(to) }),
  }),
  // @ts-expect-error not an event at all
  members.on({ Left: () => null }),
];
const folded = members.on({ Joined: (_, { plan }) => ({ plan }) });
export const questions = () => [
  rollup(folded, {
    ...{ name: 'by-plan', version: 1, by: { plan: ({ plan }) => plan } },
    // @ts-expect-error a sum over text
    sums: { plans: ({ plan }) => plan },
  }),
  rollup(folded, {
    ...{ name: 'by-plan', version: 1, sums: {} },
    // @ts-expect-error a group by a column that is not there
    by: { name: ({ name }) => String(name) },
  }),
  rollup(folded, {
    ...{ name: 'by-plan', version: 1, by: { plan: ({ plan }) => plan }, sums: {} },
    // @ts-expect-error it says something of a column that it does not have
    says: { rows: 'Members', plan: 'What they have', since: 'Since when' },
  }),
  // @ts-expect-error a row is compared with a column that it does not have
  rowsOf(folded).given().row('m-1').is({ size: 1 }),
];
export const reactions = () => [
  policy(events, { name: 'p', about: 'Does nothing', key: 'memberId' }).on({
    // @ts-expect-error this event does not say which member
    HallBooked: () => ({ send: [] }),
  }),
  policy(events, { name: 'p', about: 'Counts', key: 'memberId', columns: { seen: integer() } }).on({
    // @ts-expect-error text where it remembers a number
    Joined: () => ({ remember: { seen: 'once' } }),
  }),
];

export const aggregate: Aggregate<Plan | null, typeof ofMember, typeof commands> = {
  ...{ name: 'member', events: ofMember, commands, initial: null, id: 'memberId' },
  // @ts-expect-error PlanChanged is forgotten
  evolve: { Joined: (_, { plan }) => plan },
  decide: {
    // @ts-expect-error another aggregate's event
    Join: () => [HallBooked.of({ hallId: 'h-1' })],
    // @ts-expect-error no field of this command
    ChangePlan: (_, { plan }) => [PlanChanged.of({ memberId: 'm-1', from: 'BASIC', to: plan as Plan })],
  },
};
export const forgetful: Aggregate<null, typeof ofMember, typeof commands> = {
  ...{ name: 'member', events: ofMember, commands, initial: null },
  // @ts-expect-error not every command has this field
  id: 'note',
  evolve: { Joined: () => null, PlanChanged: () => null },
  // @ts-expect-error ChangePlan is forgotten
  decide: { Join: () => [] },
};
// @ts-expect-error it asks for the plan of another, and does not say where to find it
export const asking: Aggregate<null, typeof ofMember, typeof commands, { ChangePlan: { other: Plan } }> = {
  ...{ name: 'member', id: 'memberId', events: ofMember, commands, initial: null },
  evolve: { Joined: () => null, PlanChanged: () => null },
  decide: { Join: () => [], ChangePlan: (_, command, { known }) => (known.other === command.to ? [] : []) },
};

it('is checked by tsc', () => expect(messages).toBeDefined());
