import fc from 'fast-check';
import * as c from '@rapport/domain/commands';
import { hydrate, type Class } from '@rapport/kernel';

/** Something that somebody wants on a day; days come in any order, as where a help desk is imported after the fact. */
export interface Deed {
  readonly kind: keyof typeof KINDS;
  /** Which customer, and with it which ticket, promise and so on. */
  readonly who: number;
  readonly day: number;
}
const DAYS = 400;
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
export const dayOf = (n: number): string => new Date(FIRST_DAY + n * DAY_MS).toISOString();

type Wanted = readonly [messageClass: Class, data: object];
type Want = (of: { readonly id: string; readonly at: string; readonly n: number }) => Wanted;

const ticket = ({ id, at }: { id: string; at: string }) => ({
  ...{ ticketId: `t-${id}`, customerId: id, urgency: 'URGENT', channel: 'PHONE' },
  ...{ verbatim: 'it does not work', collectorId: 'ann', raisedAt: at },
});
const complaint = { causes: ['PRODUCT_FAULT'], text: 'broken', emotion: 'ANGRY' };
const assessment = {
  ...{ verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false, reason: 'too dear' },
  ...{
    suggestionCode: 'NEEDS_COORDINATION',
    suggestionText: 'talk',
    alternative: 'another',
    analystId: 'uma',
  },
  ...{ responsibleDepartment: 'RND', resources: { people: [{ department: 'RND', people: 2 }] } },
};
const later = (at: string, days: number) => new Date(Date.parse(at) + days * DAY_MS).toISOString();
const strategy = {
  ...{ goals: ['GIVE_GUIDE'], modes: ['PHONE', 'EMAIL'], ownerId: 'ann', valuePoint: 'saves time' },
  ...{
    opportunityCheck: 'more seats?',
    riskTrigger: 'shouts',
    riskAction: 'call the head',
    nextAction: 'call',
  },
  scriptPoints: ['OPENING', 'CORE', 'CLOSING'].map((part) => ({ part, scriptId: 's-1' })),
};
const amount = { minor: 250_000, currency: 'CNY' };

/** What may be wanted. Much of it is refused, since it comes too early, too late or twice: that is part of the story. */
const KINDS = {
  buy: ({ id, n }) => [c.RecordPurchase, { purchaseId: `p-${n}`, customerId: id, amount }],
  giveBack: ({ n }) => [c.RecordRefund, { purchaseId: `p-${n - 1}`, refundId: `r-${n}`, amount }],
  ask: (of) => [c.RegisterTicket, { ...ticket(of), type: 'SERVICE' }],
  complain: (of) => [
    c.RegisterTicket,
    { ...ticket(of), ticketId: `k-${of.id}`, type: 'COMPLAINT', complaint },
  ],
  assign: ({ id, n }) => [c.AssignLeadDepartment, { ticketId: `t-${id}`, department: `d-${n % 2}` }],
  answer: ({ id, at }) => [
    c.RecordFirstResponse,
    { ticketId: `k-${id}`, respondedAt: at, direction: 'we look into it', interactionId: 'i-1' },
  ],
  weigh: ({ id, at }) => [
    c.AnalyseTicket,
    { ...assessment, ticketId: `t-${id}`, analysedOn: at.slice(0, 10), type: 'SERVICE' },
  ],
  rank: ({ id, n }) => [
    c.PrioritiseTicket,
    { ticketId: `t-${id}`, urgent: n % 2 === 0, important: n % 3 > 0 },
  ],
  plan: ({ id, n }) => [c.ScheduleTicketInPlan, { ticketId: `t-${id}`, kind: 'SPECIAL', name: `p${n}` }],
  talk: ({ id, at }) => [
    c.SetCommunicationStrategy,
    {
      ...{ ...strategy, ticketId: `t-${id}`, firstResponseDue: later(at, 0.05), nextActionAt: later(at, 1) },
      keyNodes: [{ dueAt: later(at, 2), content: 'how is it?', agreedWithCustomer: true }],
    },
  ],
  solve: ({ id, at }) => [
    c.DeliverSolution,
    { ticketId: `t-${id}`, solution: 'a new part', deliveredAt: at },
  ],
  mend: ({ id, at }) => [c.DeliverSolution, { ticketId: `k-${id}`, solution: 'a new part', deliveredAt: at }],
  thank: ({ id }) => [c.ConfirmSatisfied, { ticketId: `t-${id}`, evidence: 'call 7' }],
  close: ({ id }) => [c.CloseTicket, { ticketId: `t-${id}` }],
  reopen: ({ id }) => [c.ReopenTicket, { ticketId: `t-${id}`, reason: 'again' }],
  withdraw: ({ id }) => [c.WithdrawTicket, { ticketId: `k-${id}`, reason: 'a mistake' }],
  describe: ({ id, n }) => [
    c.UpdateCustomerProfile,
    { customerId: id, field: n % 2 ? 'BUSINESS_MODEL' : 'INDUSTRY', value: `v${n}`, source: 'call' },
  ],
  flag: ({ id }) => [c.FlagChurnRisk, { customerId: id, reason: 'their buyer said so' }],
  unflag: ({ id }) => [c.ClearChurnFlag, { customerId: id, reason: 'a mistake' }],
  promise: ({ id, at }) => [
    c.MakeCommitment,
    {
      ...{ commitmentId: `w-${id}`, customerId: id, kind: 'DELIVERY', text: 'soon', makerId: 'ann' },
      ...{ channel: 'PHONE', dueAt: new Date(Date.parse(at) + 3 * DAY_MS).toISOString() },
    },
  ],
  keep: ({ id }) => [c.FulfilCommitment, { commitmentId: `w-${id}` }],
  lose: ({ id }) => [c.RecordChurn, { customerId: id, reason: 'PRICE' }],
} satisfies Readonly<Record<string, Want>>;

const CUSTOMERS = ['c-0', 'c-1', 'c-2'];
const day = fc.integer({ min: 1, max: DAYS - 1 });
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
  who: fc.nat(CUSTOMERS.length - 1),
  day,
});
/** In the order in which they become known. */
export const deeds = fc.array(deed, { minLength: 20, maxLength: 60, size: 'max' });
export const anyDay = fc.noBias(fc.integer({ min: 0, max: DAYS }));

/** The commands of a story with the time that each of them takes to be now: first all customers, then what happens to them. */
export const commandsOf = (story: readonly Deed[]): readonly { command: object; now: string }[] => [
  ...CUSTOMERS.map((customerId, n) => ({
    command: hydrate(c.RegisterCustomer, {
      ...{ customerId, name: customerId, industry: 'Retail', source: 'REFERRAL' },
    }),
    now: dayOf(n),
  })),
  // One of them asks at once, so that there is a ticket for which all the rest may come in time.
  {
    command: hydrate(c.RegisterTicket, ticket({ id: 'c-1', at: dayOf(CUSTOMERS.length) })),
    now: dayOf(CUSTOMERS.length),
  },
  ...story.map(({ kind, who, day: n }, place) => {
    const want: Want = KINDS[kind];
    const [messageClass, data] = want({ id: CUSTOMERS[who] ?? '', at: dayOf(n), n: place });
    return { command: hydrate(messageClass, data), now: dayOf(n) };
  }),
];
export const LAST_DAY = dayOf(DAYS);
