import { EvaluateSlaClocks } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { SlaFacts } from '@rapport/domain/values';
import { hydrate, reactionTo, type NewEvent, type Row } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';

const RAISED = '2024-03-11T02:00:00.000Z';
const hour = (n: number) => new Date(Date.parse(RAISED) + n * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED } as const;
const said = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'x',
  collectorId: 's',
} as const;
const registered = e.TicketRegistered.of({ ...of, ...said }, RAISED);

const facts = {
  ...{ customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED, isEnquiry: false, heard: 1 },
  ...{ classedAt: RAISED, classApproved: false, reached: [], promises: [] },
  opening: { start: 'RAISED', at: RAISED, heard: 1 },
} as const;
/** The clocks are looked at with this, as the so manieth thing that was heard. */
const look = (heard: number, more: object = {}) =>
  EvaluateSlaClocks.of({ ticketId: 't-1', facts: hydrate(SlaFacts, { ...facts, heard, ...more }) });
const { given } = reactionsOf(slaWatch);

/** What follows from the last of these, where somebody of that role has sent all but the first. */
const toldBy = (role: string, ...events: NewEvent[]): readonly object[] => {
  let [row, sent]: [Row | null, readonly object[]] = [null, []];
  for (const [n, event] of events.entries()) {
    const heard = recorded(event, n);
    const meta = { ...heard.meta, ...(n > 0 && { actorRole: role }) };
    ({ row, send: sent } = reactionTo(slaWatch, row, 't-1', { ...heard, meta }));
  }
  return sent;
};

describe('the clocks of a ticket are looked at', () => {
  it('when it waits for the customer, and when it goes on (SYS-21.5)', () => {
    const asked = { ...of, question: 'which?', interactionId: 'mail-1', waitingSince: hour(1) };
    const waits = e.TicketWaitingForCustomer.of(asked, hour(1));
    const waiting = { waiting: { since: hour(1), questionId: 'mail-1' } };
    for (const role of ['SUPERVISOR', 'DEPARTMENT_HEAD', 'SYSTEM', 'MIGRATION'])
      expect(toldBy(role, registered, waits)).toEqual([look(2, waiting)]);
    const goesOn = e.TicketResumed.of({ ...of, waitingSince: hour(1), resumedAt: hour(3) }, hour(3));
    expect(toldBy('SUPERVISOR', registered, waits, goesOn)).toEqual([look(3, { resumedAt: hour(3) })]);
  });

  it('not when somebody below a supervisor notes that it waits: the clocks go on (handbook 10)', () => {
    const asked = { ...of, question: 'which?', interactionId: 'mail-1', waitingSince: hour(1) };
    const waits = e.TicketWaitingForCustomer.of(asked, hour(1));
    for (const role of ['SERVICE_SPECIALIST', 'ACCOUNT_MANAGER', 'SALES_CONSULTANT'])
      expect(toldBy(role, registered, waits)).toEqual([look(2, { waiting: { since: hour(1) } })]);
    given(registered, waits).then(look(2, { waiting: { since: hour(1) } }));
  });
});
