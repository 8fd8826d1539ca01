import { GradeComplaint } from '@rapport/domain/commands';
import { ComplaintLodged } from '@rapport/domain/events';
import type { ComplaintCause } from '@rapport/domain/values';
import { reactionsOf } from '@rapport/kernel/spec';
import { whenComplaintLodgedThenGrade } from './when-complaint-lodged-then-grade.policy';

const { given } = reactionsOf(whenComplaintLodgedThenGrade);
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const lodged = (
  ticketId: string,
  raisedAt: string,
  causes: ComplaintCause[] = ['LATE_DELIVERY'],
  customerId = 'c-1',
) =>
  ComplaintLodged.of({ ticketId, customerId, causes, emotion: 'CALM', findings, raisedAt, channel: 'PHONE' });
const graded = (ticketId: string, recurrence: boolean) => GradeComplaint.of({ ticketId, recurrence });

const first = lodged('t-1', '2024-03-01T09:00:00.000Z');

it('a first complaint is graded as such', () => given(first).then(graded('t-1', false)));

it('the second on the same cause within 30 days is a recurrence, a moment later it is none', () => {
  given(first, lodged('t-2', '2024-03-31T09:00:00.000Z')).then(graded('t-2', true));
  given(first, lodged('t-2', '2024-03-31T09:00:00.001Z')).then(graded('t-2', false));
});
it('one of several causes is enough', () => {
  given(first, lodged('t-2', '2024-03-02T09:00:00.000Z', ['HIDDEN_FEE', 'LATE_DELIVERY'])).then(
    graded('t-2', true),
  );
});
it('another cause or another customer is no recurrence, and OTHER is no cause of its own', () => {
  given(first, lodged('t-2', '2024-03-02T09:00:00.000Z', ['HIDDEN_FEE'])).then(graded('t-2', false));
  given(first, lodged('t-2', '2024-03-02T09:00:00.000Z', ['LATE_DELIVERY'], 'c-2')).then(
    graded('t-2', false),
  );
  const other = (ticketId: string) => lodged(ticketId, '2024-03-02T09:00:00.000Z', ['OTHER']);
  given(other('t-1'), other('t-2')).then(graded('t-2', false));
});
it('the same complaint seen twice is not its own recurrence', () =>
  given(first, first).then(graded('t-1', false)));

it('a complaint that is told late neither recurs nor hides a later one', () => {
  const early = lodged('t-0', '2024-02-01T09:00:00.000Z');
  given(first, early).then(graded('t-0', false));
  given(first, early, lodged('t-2', '2024-03-20T09:00:00.000Z')).then(graded('t-2', true));
});
