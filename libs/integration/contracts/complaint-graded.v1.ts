import { Flag, Id, Instant, OneOf, Optional, SomeOf } from '@rapport/kernel';
import { ComplaintGraded, ComplaintLevelRaised } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { COMPLAINT_EVENTS } from '../topics';
import { Cause, GradedBy, Gravity } from './words.v1';

export class ComplaintGradedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @SomeOf(Cause) causes!: readonly Cause[];
  @Optional() @OneOf(Gravity) from?: Gravity;
  @OneOf(Gravity) level!: Gravity;
  @OneOf(GradedBy) by!: GradedBy;
  @Optional() @Flag() recurrence?: boolean;
  @Optional() @Flag() priorityCustomer?: boolean;
  @Instant() raisedAt!: string;
  @Instant() gradedAt!: string;
}

export const complaintGraded = contract(ComplaintGradedV1, {
  ...{ name: 'complaint-graded', version: 1, topic: COMPLAINT_EVENTS, key: 'ticketId' },
  about: 'The complaint has a level now: it was weighed by the rules, or raised without being weighed again.',
  notes: {
    from: 'Absent: it had no level before.',
    recurrence: 'The second complaint on the same cause within 30 days. There with WEIGHING.',
    priorityCustomer: 'There with WEIGHING.',
  },
  from: [
    told(ComplaintGraded, ({ ticketId, customerId, causes, from, level, ...graded }, gradedAt) => ({
      ...{ ticketId, customerId, causes, from, level, by: 'WEIGHING' as const, gradedAt },
      ...{ raisedAt: graded.raisedAt, recurrence: graded.recurrence },
      priorityCustomer: graded.priorityCustomer,
    })),
    told(ComplaintLevelRaised, ({ ticketId, customerId, causes, from, to, raisedAt }, gradedAt) => ({
      ...{ ticketId, customerId, causes, from, level: to, by: 'RAISE' as const, raisedAt, gradedAt },
    })),
  ],
});
