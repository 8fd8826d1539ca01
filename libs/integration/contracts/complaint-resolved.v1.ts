import { Count, Id, Instant, OneOf, SomeOf } from '@rapport/kernel';
import { ComplaintResolved } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { COMPLAINT_EVENTS } from '../topics';
import { Cause, Gravity } from './words.v1';

export class ComplaintResolvedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @SomeOf(Cause) causes!: readonly Cause[];
  @OneOf(Gravity) level!: Gravity;
  @Count(1, 1e6) round!: number;
  @Instant() raisedAt!: string;
  @Instant() resolvedAt!: string;
}

export const complaintResolved = contract(ComplaintResolvedV1, {
  ...{ name: 'complaint-resolved', version: 1, topic: COMPLAINT_EVENTS, key: 'ticketId' },
  about:
    'The loop is closed: the cause is settled, a solution was delivered and the customer is satisfied with it (SYS-33). ' +
    'Of a complaint that is later than ticket-resolved, which only says that a solution was delivered.',
  notes: { round: 'The round of the ticket that satisfied.' },
  from: [
    told(ComplaintResolved, ({ ticketId, customerId, causes, level, round, raisedAt, resolvedAt }) => ({
      ...{ ticketId, customerId, causes, level, round, raisedAt, resolvedAt },
    })),
  ],
});
