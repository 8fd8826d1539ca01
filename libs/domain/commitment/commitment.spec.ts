import { type Refusal } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import type { Customer } from '../customer/customer.decider';
import * as c from './commitment.commands';
import { commitment } from './commitment.decider';
import * as e from './commitment.events';

const NOW = '2024-03-01T09:00:00.000Z';
const DUE = '2024-03-02T18:00:00.000Z';
const LATER = '2024-03-03T18:00:00.000Z';
const AFTER_DUE = '2024-03-02T18:00:00.001Z';
const { given } = scenario(commitment, { now: NOW });
const at = (now: string) => scenario(commitment, { now }).given;
const lin = { name: 'Lin', roles: [], influence: 1, active: true };
const acme: Customer = { stage: 'known', profile: {}, contacts: { lin } };
const known = { customer: acme };
const id = { commitmentId: 'k-1' };
const facts = {
  ...{ ...id, customerId: 'c-1', makerId: 'ann', department: 'RND', madeAt: NOW, dueAt: DUE },
  kind: 'RESOLUTION_TIME' as const,
};
const said = { text: 'it works again by Saturday 18:00', channel: 'PHONE' as const };
const { madeAt: _, ...asked } = { ...facts, ...said };
const writtenBy = '2024-03-01T13:00:00.000Z';
const made = e.CommitmentMade.of({ ...facts, ...said, writtenBy }, NOW);
const moved = { from: DUE, to: LATER, agreementId: 'mail-2', writtenId: 'mail-2', rescheduledAt: NOW };
const rescheduled = e.CommitmentRescheduled.of({ ...facts, dueAt: LATER, ...moved });
const broken = e.CommitmentBroken.of({ ...facts, brokenAt: DUE }, DUE);
const fulfilled = (fulfilledAt: string, late: boolean) =>
  e.CommitmentFulfilled.of({ ...facts, evidenceId: 'mail-9', fulfilledAt, late }, fulfilledAt);
const withdrawn = e.CommitmentWithdrawn.of({ ...facts, reason: 'no longer wanted', withdrawnAt: NOW });
const evidence = { ...id, evidenceId: 'mail-9' };

describe('a commitment', () => {
  it('is made with an absolute time; what was only said has to be in writing within 4 hours', () => {
    expect(given().when(c.MakeCommitment.of(asked), known).decided()).toEqual([made]);
    const written = { ...asked, writtenId: 'mail-1', contactId: 'lin' };
    given()
      .when(c.MakeCommitment.of(written), known)
      .then(e.CommitmentMade.of({ ...facts, ...said, writtenId: 'mail-1', contactId: 'lin' }));
  });

  it('counts from when it was said, not from when it was written down', () => {
    const madeAt = '2024-03-01T08:00:00.000Z';
    const [event] = given()
      .when(c.MakeCommitment.of({ ...asked, madeAt }), known)
      .decided();
    expect(event).toMatchObject({ at: madeAt, data: { madeAt, writtenBy: '2024-03-01T12:00:00.000Z' } });
    given()
      .when(c.MakeCommitment.of({ ...asked, madeAt: DUE }), known)
      .thenRefused('DATED_IN_FUTURE');
  });

  it('names the moment of its ticket that comes by then, and every word about it says so again (2.4)', () => {
    const ofTicket = { ...asked, ticketId: 't-1', moment: 'PLAN' as const };
    const about = { ticketId: 't-1', moment: 'PLAN' } as const;
    const ticket = { stage: 'working', of: { customerId: 'c-1' } } as never;
    const named = e.CommitmentMade.of({ ...facts, ...about, ...said, writtenBy }, NOW);
    expect(
      given()
        .when(c.MakeCommitment.of(ofTicket), { ...known, ticket })
        .decided(),
    ).toEqual([named]);
    at(AFTER_DUE)(named)
      .when(c.BreakCommitment.of({ ...id, dueAt: DUE }))
      .then(e.CommitmentBroken.of({ ...facts, ...about, brokenAt: DUE }, DUE));
    given()
      .when(c.MakeCommitment.of({ ...asked, moment: 'PLAN' }), known)
      .thenRefused('MOMENT_WITHOUT_TICKET');
    given()
      .when(c.MakeCommitment.of({ ...ofTicket, kind: 'COMPENSATION' }), { ...known, ticket })
      .thenRefused('MOMENT_OF_COMPENSATION');
  });

  it('needs a time that is still to come', () => {
    const { dueAt: __, ...timeless } = asked;
    given().when(c.MakeCommitment.of(timeless), known).thenRefused('DUE_REQUIRED');
    given()
      .when(c.MakeCommitment.of({ ...asked, dueAt: NOW }), known)
      .thenRefused('DUE_IN_PAST');
  });

  it('may name a range, whose end is the due time, with what it depends on', () => {
    const ranged = (dueFrom: string, factors: string[]) =>
      given().when(c.MakeCommitment.of({ ...asked, dueFrom, factors }), known);
    const [event] = ranged('2024-03-02T12:00:00.000Z', ['the carrier']).decided();
    expect(event?.data).toMatchObject({ dueAt: DUE, factors: ['the carrier'] });
    ranged('2024-03-02T12:00:00.000Z', []).thenRefused('FACTORS_MISSING');
    ranged(DUE, ['the carrier']).thenRefused('RANGE_REVERSED');
  });

  it('is made once, to a known customer, an active contact, for a ticket of that customer', () => {
    const make = (change: object, others: object = {}) =>
      given().when(c.MakeCommitment.of({ ...asked, ...change }), { ...known, ...others });
    given(made).when(c.MakeCommitment.of(asked), known).thenRefused('COMMITMENT_EXISTS');
    make({}, { customer: { stage: 'unknown' } }).thenRefused('CUSTOMER_UNKNOWN');
    make({ contactId: 'zhao' }).thenRefused('CONTACT_UNKNOWN');
    make({ ticketId: 't-1' }, { ticket: { stage: 'unregistered' } }).thenRefused('TICKET_UNKNOWN');
    const others = { stage: 'new', of: { ticketId: 't-1', customerId: 'c-2' } };
    make({ ticketId: 't-1' }, { ticket: others }).thenRefused('TICKET_UNKNOWN');
    const own = { stage: 'new', of: { ticketId: 't-1', customerId: 'c-1' } };
    expect(make({ ticketId: 't-1' }, { ticket: own }).decided()).toHaveLength(1);
  });

  it('is confirmed in writing once', () => {
    const confirm = c.ConfirmCommitmentInWriting.of({ ...id, writtenId: 'mail-1' });
    const confirmed = e.CommitmentConfirmedInWriting.of({
      ...{ ...facts, writtenId: 'mail-1', confirmedAt: NOW, writtenBy },
    });
    given(made).when(confirm).then(confirmed);
    given(made, confirmed).when(confirm).thenNothing();
    given().when(confirm).thenRefused('COMMITMENT_UNKNOWN');
    given(made, withdrawn).when(confirm).thenRefused('COMMITMENT_WITHDRAWN');
    const early = { ...id, writtenId: 'mail-1', confirmedAt: '2024-03-01T08:59:59.999Z' };
    given(made).when(c.ConfirmCommitmentInWriting.of(early)).thenRefused('BEFORE_MADE');
  });
});

describe('another date', () => {
  const wanted = { ...id, dueAt: LATER, agreementId: 'mail-2', writtenId: 'mail-2' };
  it('is agreed with the customer before the first has come', () => {
    given(made).when(c.RescheduleCommitment.of(wanted)).then(rescheduled);
    given(made)
      .when(c.RescheduleCommitment.of({ ...id, dueAt: LATER }))
      .thenRefused('AGREEMENT_MISSING');
    given(made)
      .when(c.RescheduleCommitment.of({ ...id, agreementId: 'mail-2' }))
      .thenRefused('DUE_REQUIRED');
    given(made)
      .when(c.RescheduleCommitment.of({ ...wanted, dueAt: DUE }))
      .thenNothing();
  });

  it('is in writing at once, or has to be within 4 hours of the word', () => {
    const { writtenId: _, ...said } = wanted;
    const { writtenId: __, ...spoken } = moved;
    const told = e.CommitmentRescheduled.of({ ...facts, dueAt: LATER, ...spoken, writtenBy });
    given(made).when(c.RescheduleCommitment.of(said)).then(told);
    const confirm = c.ConfirmCommitmentInWriting.of({ ...id, writtenId: 'mail-3' });
    const confirmed = { writtenId: 'mail-3', confirmedAt: NOW, writtenBy };
    given(made, told)
      .when(confirm)
      .then(e.CommitmentConfirmedInWriting.of({ ...facts, dueAt: LATER, ...confirmed }));
    given(made, rescheduled).when(confirm).thenNothing();
  });

  it('comes too late at the due time and after it, whether or not the breach has been noticed', () => {
    at(DUE)(made).when(c.RescheduleCommitment.of(wanted)).thenRefused('COMMITMENT_DUE');
    at(AFTER_DUE)(made).when(c.RescheduleCommitment.of(wanted)).thenRefused('COMMITMENT_BROKEN');
    at(AFTER_DUE)(made, broken).when(c.RescheduleCommitment.of(wanted)).thenRefused('COMMITMENT_BROKEN');
  });
});

describe('a promise that is kept', () => {
  it('is shown by evidence, at the due time at the latest', () => {
    at(DUE)(made).when(c.FulfilCommitment.of(evidence)).then(fulfilled(DUE, false));
    given(made).when(c.FulfilCommitment.of(id)).thenRefused('EVIDENCE_MISSING');
    given(made)
      .when(c.FulfilCommitment.of({ ...evidence, fulfilledAt: DUE }))
      .thenRefused('DATED_IN_FUTURE');
  });

  it('is kept once, and not after it was taken back', () => {
    at(DUE)(made, fulfilled(NOW, false)).when(c.FulfilCommitment.of(evidence)).thenNothing();
    given(made, withdrawn).when(c.FulfilCommitment.of(evidence)).thenRefused('COMMITMENT_WITHDRAWN');
  });

  it('counts by the date that was agreed last', () => {
    const [event] = at(LATER)(made, rescheduled).when(c.FulfilCommitment.of(evidence)).decided();
    expect(event?.data).toMatchObject({ dueAt: LATER, late: false });
  });
});

describe('a promise that is broken', () => {
  const breakIt = c.BreakCommitment.of({ ...id, dueAt: DUE });
  it('is so just after its due time, dated at the deadline, once', () => {
    expect(at(AFTER_DUE)(made).when(breakIt).decided()).toEqual([broken]);
    at(DUE)(made).when(breakIt).thenRefused('COMMITMENT_NOT_OVERDUE');
    at(LATER)(made, broken).when(breakIt).thenNothing();
  });

  it('is not when it was kept, taken back or given another date', () => {
    for (const end of [fulfilled(NOW, false), withdrawn, rescheduled])
      at(AFTER_DUE)(made, end).when(breakIt).thenNothing();
  });

  it('is broken first and fulfilled late after that, though nobody had noticed', () => {
    const late = c.FulfilCommitment.of(evidence);
    expect(at(AFTER_DUE)(made).when(late).decided()).toEqual([broken, fulfilled(AFTER_DUE, true)]);
    at(LATER)(made, broken).when(late).then(fulfilled(LATER, true));
  });

  it('stays so: evidence from before that comes after the due time comes too late, whether or not the breach was noticed', () => {
    const done = c.FulfilCommitment.of({ ...evidence, fulfilledAt: NOW });
    const tooLate = e.CommitmentFulfilled.of({ ...fulfilled(NOW, true).data }, LATER);
    expect(at(LATER)(made).when(done).decided()).toEqual([broken, tooLate]);
    expect(at(LATER)(made, broken).when(done).decided()).toEqual([tooLate]);
  });

  it('is not when it was on record in time, and a policy or an import passes it on later', () => {
    const done = c.FulfilCommitment.of({ ...evidence, fulfilledAt: DUE });
    const by = (role: string) => scenario(commitment, { now: LATER, actor: { id: 'promises', role } }).given;
    for (const role of ['POLICY', 'MIGRATION'])
      expect(by(role)(made).when(done).decided()).toEqual([fulfilled(DUE, false)]);
    const late = c.FulfilCommitment.of({ ...evidence, fulfilledAt: AFTER_DUE });
    expect(by('POLICY')(made).when(late).decided()).toEqual([broken, fulfilled(AFTER_DUE, true)]);
  });

  it('cannot be taken back', () => {
    const withdraw = c.WithdrawCommitment.of({ ...id, reason: 'no longer wanted' });
    at(AFTER_DUE)(made).when(withdraw).thenRefused('COMMITMENT_BROKEN');
    at(DUE)(made)
      .when(withdraw)
      .then(e.CommitmentWithdrawn.of({ ...withdrawn.data, withdrawnAt: DUE }));
    given(made, withdrawn).when(withdraw).thenNothing();
    given(made, fulfilled(NOW, false)).when(withdraw).thenRefused('COMMITMENT_FULFILLED');
  });
});

describe('a warning', () => {
  const warn = (hoursLeft: number) => c.WarnOfCommitment.of({ ...id, dueAt: DUE, hoursLeft });
  const soon = (hoursLeft: number) => e.CommitmentDueSoon.of({ ...facts, hoursLeft });
  const DAY_BEFORE = '2024-03-01T18:00:00.000Z';
  it('comes when so many hours are left, once each', () => {
    at(DAY_BEFORE)(made).when(warn(24)).then(soon(24));
    at(DAY_BEFORE)(made).when(warn(2)).thenRefused('WARNING_NOT_DUE');
    at(DUE)(made, soon(24)).when(warn(24)).thenNothing();
    at(DUE)(made, soon(24)).when(warn(2)).then(soon(2));
  });

  it('is about a date that still stands', () => {
    at(DUE)(made, rescheduled).when(warn(2)).thenNothing();
    at(AFTER_DUE)(made).when(warn(2)).thenNothing();
    at(DUE)(made, withdrawn).when(warn(2)).thenNothing();
  });
});

it('refusals are of the two kinds that they ought to be', () => {
  const because = (decide: () => unknown) => {
    try {
      return decide();
    } catch (error) {
      return (error as Refusal).because;
    }
  };
  const { dueAt: __, ...timeless } = asked;
  expect(because(given().when(c.MakeCommitment.of(timeless), known).decided)).toBe('input');
  expect(because(given(made).when(c.MakeCommitment.of(asked), known).decided)).toBe('state');
});
