import * as e from '@rapport/domain/events';
import type { ComplaintCause, ComplaintLevel } from '@rapport/domain/values';
import { groupsOf } from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';
import { complaintFigures, complaints } from './complaints.projection';

const { given } = rowsOf(complaints);
const raisedAt = '2024-03-01T09:00:00.000Z';
const at = (hours: number) => new Date(Date.parse(raisedAt) + hours * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', type: 'COMPLAINT', urgency: 'URGENT', raisedAt } as const;
const told = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'it burns',
  collectorId: 'sam',
} as const;
const registered = e.TicketRegistered.of({ ...of, ...told });
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const causes: ComplaintCause[] = ['PRODUCT_FAULT', 'LATE_DELIVERY'];
const ids = { ticketId: 't-1', customerId: 'c-1', raisedAt, causes };
const lodged = e.ComplaintLodged.of({ ...ids, emotion: 'ANGRY', findings, channel: 'PHONE' }, raisedAt);
const graded = (level: ComplaintLevel) =>
  e.ComplaintGraded.of(
    {
      ...{
        ...ids,
        level,
        findings,
        codes: ['RECURRENCE'],
        reasons: ['again'],
        ruleVersion: 1,
        recurrence: true,
      },
      ...{ priorityCustomer: false, tier: 'GROWTH' },
    },
    raisedAt,
  );
const answered = (hours: number) =>
  e.FirstResponseRecorded.of({ ...of, direction: 'x', respondedAt: at(hours) });
const delivered = (hours: number) =>
  e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: at(hours), round: 1 });
const reopened = e.TicketReopened.of({
  ...{
    ...of,
    reason: 'x',
    reopenedAt: at(9),
    withinRecurrence: true,
    round: 2,
    isEnquiry: false,
    channel: 'PHONE',
  },
});

describe('complaints', () => {
  it('hold what they are about, how grave and why', () => {
    given(registered, lodged, graded('SERIOUS'))
      .row('t-1')
      .is({
        customerId: 'c-1',
        causes,
        level: 'SERIOUS',
        codes: ['RECURRENCE'],
        tier: 'GROWTH',
        recurrence: true,
        lodgedAt: raisedAt,
      });
    const raised = e.ComplaintLevelRaised.of({ ...ids, from: 'ORDINARY', to: 'SERIOUS', because: 'late' });
    given(registered, lodged, graded('ORDINARY'), raised).row('t-1').is({ level: 'SERIOUS', timesRaised: 1 });
  });
  it('other tickets are none', () => {
    const service = e.TicketRegistered.of({ ...of, ...told, type: 'SERVICE' });
    given(service, answered(1), delivered(2)).row('t-1').isGone();
  });
  it('a ticket that turns out to be one brings along what was done; one that turns out not to be goes', () => {
    const service = e.TicketRegistered.of({ ...of, ...told, type: 'SERVICE' });
    const become = e.TicketClassified.of({
      ...{ ...of, from: 'SERVICE', to: 'COMPLAINT', isEnquiry: false, channel: 'PHONE' },
      ...{ respondedAt: at(1), deliveredAt: at(3), department: 'RND' },
    });
    given(service, become, lodged)
      .row('t-1')
      .is({ firstResponseAt: at(1), resolvedAt: at(3), department: 'RND', customerId: 'c-1' });
    const unmade = e.TicketClassified.of({
      ...of,
      type: 'SERVICE',
      from: 'COMPLAINT',
      to: 'SERVICE',
      isEnquiry: false,
      channel: 'PHONE',
    });
    given(registered, lodged, unmade).row('t-1').isGone();
  });
  it('what was done before it was taken up counts too', () => {
    given(registered, answered(1), delivered(2), lodged)
      .row('t-1')
      .is({ firstResponseAt: at(1), resolvedAt: at(2) });
  });
  it('the solution holds until the customer or we take it back', () => {
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: at(3), round: 2 });
    const unhappy = e.CustomerReportedDissatisfied.of({ ...of, reason: 'x', reportedAt: at(3), round: 1 });
    given(registered, lodged, delivered(2), unhappy, second)
      .row('t-1')
      .is({ resolvedAt: null, satisfied: false, rounds: 2 });
    given(registered, lodged, delivered(2), reopened).row('t-1').is({ resolvedAt: null, reopens: 1 });
    const happy = e.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: at(3), round: 1 });
    given(registered, lodged, delivered(2), happy)
      .row('t-1')
      .is({ resolvedAt: at(2), satisfied: true });
  });
  it('are figured only when they were taken up, in time to the last moment', () => {
    const figure = (...events: Parameters<typeof given>) =>
      groupsOf(complaintFigures, [
        given(registered, ...events)
          .row('t-1')
          .value(),
      ])[0];
    expect(figure(answered(1))).toBeUndefined();
    const late = 1 / 3_600_000;
    expect(figure(lodged, answered(1), delivered(24))).toMatchObject({
      answeredInTime: 1,
      resolvedInTime: 1,
    });
    expect(figure(lodged, answered(1 + late), delivered(24 + late))).toMatchObject({
      answeredInTime: 0,
      resolvedInTime: 0,
    });
    expect(figure(lodged)).toMatchObject({
      causes: 'LATE_DELIVERY+PRODUCT_FAULT',
      level: 'UNGRADED',
      month: '2024-03',
    });
  });
});
