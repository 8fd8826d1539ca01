import { Flag, Id, Instant, OneOf, SomeOf } from '@rapport/kernel';
import { ComplaintLodged } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { COMPLAINT_EVENTS } from '../topics';
import { Cause, Mood, Way } from './words.v1';

export class ComplaintLodgedV1 {
  @Id() ticketId!: string;
  @Id() customerId!: string;
  @SomeOf(Cause) causes!: readonly Cause[];
  @OneOf(Mood) emotion!: Mood;
  @Flag() businessInterrupted!: boolean;
  @Flag() dataLeak!: boolean;
  @Flag() publicThreat!: boolean;
  @Flag() safety!: boolean;
  @OneOf(Way) channel!: Way;
  @Instant() raisedAt!: string;
  @Instant() lodgedAt!: string;
}

export const complaintLodged = contract(ComplaintLodgedV1, {
  ...{ name: 'complaint-lodged', version: 1, topic: COMPLAINT_EVENTS, key: 'ticketId' },
  about:
    'The customer is dissatisfied and wants it dealt with as a complaint, which has the id of its ticket.',
  notes: { publicThreat: 'Law, a regulator or the media are threatened.' },
  from: [
    told(
      ComplaintLodged,
      ({ ticketId, customerId, causes, emotion, channel, raisedAt, findings }, lodgedAt) => ({
        ...{ ticketId, customerId, causes, emotion, channel, raisedAt, lodgedAt },
        ...{ businessInterrupted: findings.businessInterrupted, dataLeak: findings.dataLeak },
        ...{ publicThreat: findings.publicThreat, safety: findings.safety },
      }),
    ),
  ],
});
