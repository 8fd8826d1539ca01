import { type Refusal } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { ResolveComplaint } from './complaint.commands';
import { complaint } from './complaint.decider';
import * as e from './complaint.events';

const NOW = '2024-03-03T09:00:00.000Z';
const { given } = scenario(complaint, { now: NOW });
const raisedAt = '2024-03-01T09:00:00.000Z';
const solvedAt = '2024-03-02T09:00:00.000Z';
const ids = { ticketId: 't-1', customerId: 'c-1', causes: ['LATE_DELIVERY'], raisedAt } as const;
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const lodged = e.ComplaintLodged.of({ ...ids, emotion: 'UPSET', findings, channel: 'PHONE' });
const weighed = { codes: [], reasons: [], ruleVersion: 1, recurrence: false, priorityCustomer: false };
const graded = e.ComplaintGraded.of({
  ...ids,
  ...weighed,
  findings,
  level: 'ORDINARY',
  tier: 'STANDARD',
});
const of = { ticketId: 't-1', customerId: 'c-1', round: 1 };
const working = { stage: 'working', of };
const solved = { stage: 'solved', of, solvedAt };
const satisfied = { stage: 'confirmed', of, solvedAt };
const confirmedCause = 'the truck was booked after the release';
const resolve = ResolveComplaint.of({ ticketId: 't-1', confirmedCause });
const resolved = (round: number) =>
  e.ComplaintResolved.of({ ...ids, level: 'ORDINARY', confirmedCause, round, resolvedAt: NOW });
const missingWith = (ticket: object, command = resolve): unknown => {
  try {
    return given(lodged, graded).when(command, { ticket }).decided();
  } catch (error) {
    expect(error).toMatchObject({ code: 'LOOP_INCOMPLETE' });
    return (error as Refusal).detail['missing'];
  }
};

describe('a complaint is resolved', () => {
  it('when a solution satisfied the customer and the cause is confirmed, before or after the ticket is closed', () => {
    given(lodged, graded).when(resolve, { ticket: satisfied }).then(resolved(1));
    const closed = { stage: 'closed', of, closedAt: NOW, outcome: 'CONFIRMED' };
    given(lodged, graded).when(resolve, { ticket: closed }).then(resolved(1));
  });

  it('also when the cause need not be known, for a reason', () => {
    const causeNotNeeded = 'the carrier has said so itself';
    const [event] = given(lodged, graded)
      .when(ResolveComplaint.of({ ticketId: 't-1', causeNotNeeded }), { ticket: satisfied })
      .decided();
    expect(event?.data).toMatchObject({ causeNotNeeded });
    given(lodged, graded)
      .when(ResolveComplaint.of({ ticketId: 't-1', causeNotNeeded, confirmedCause }), { ticket: satisfied })
      .thenRefused('CAUSE_AMBIGUOUS');
  });

  it('not before, and the refusal names every stage that is missing', () => {
    expect(missingWith(solved)).toEqual(['CUSTOMER_SATISFIED']);
    expect(missingWith(working)).toEqual(['SOLUTION_DELIVERED', 'CUSTOMER_SATISFIED']);
    expect(missingWith({ stage: 'waiting', of, waitingSince: NOW, solvedAt })).toEqual([
      'CUSTOMER_SATISFIED',
    ]);
    const unconfirmed = { stage: 'closed', of, closedAt: NOW, outcome: 'UNCONFIRMED' };
    expect(missingWith(unconfirmed)).toContain('CUSTOMER_SATISFIED');
    const causeless = ResolveComplaint.of({ ticketId: 't-1' });
    expect(missingWith(satisfied, causeless)).toEqual(['CAUSE_SETTLED']);
    expect(missingWith(working, causeless)).toHaveLength(3);
  });

  it('once in each round: a ticket that comes back opens the loop again, a later grade does not', () => {
    given(lodged, graded, resolved(1)).when(resolve, { ticket: satisfied }).thenNothing();
    given(lodged, graded, resolved(1), graded).when(resolve, { ticket: satisfied }).thenNothing();
    const again = { ...satisfied, of: { ...of, round: 2 } };
    given(lodged, graded, resolved(1)).when(resolve, { ticket: again }).then(resolved(2));
  });

  it('if it is one that was graded, on a ticket that was not withdrawn', () => {
    given().when(resolve, { ticket: satisfied }).thenRefused('COMPLAINT_UNKNOWN');
    given(lodged).when(resolve, { ticket: satisfied }).thenRefused('COMPLAINT_NOT_GRADED');
    given(lodged, graded)
      .when(resolve, { ticket: { stage: 'withdrawn', of } })
      .thenRefused('TICKET_WITHDRAWN');
  });
});
