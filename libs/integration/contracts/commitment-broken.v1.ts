import { Id, Instant, OneOf, Optional } from '@rapport/kernel';
import { CommitmentBroken } from '@rapport/domain/events';
import { contract, told } from '../contract';
import { COMMITMENT_EVENTS } from '../topics';
import { PromiseKind } from './words.v1';

export class CommitmentBrokenV1 {
  @Id() commitmentId!: string;
  @Id() customerId!: string;
  @Optional() @Id() ticketId?: string;
  @OneOf(PromiseKind) kind!: PromiseKind;
  @Instant() madeAt!: string;
  @Instant() dueAt!: string;
  @Instant() brokenAt!: string;
}

export const commitmentBroken = contract(CommitmentBrokenV1, {
  ...{ name: 'commitment-broken', version: 1, topic: COMMITMENT_EVENTS, key: 'commitmentId' },
  about: 'The due time passed without the promise being kept: told once, whatever follows.',
  notes: { ticketId: 'The ticket it was made for.' },
  from: [
    told(CommitmentBroken, ({ commitmentId, customerId, ticketId, kind, madeAt, dueAt, brokenAt }) => ({
      ...{ commitmentId, customerId, ticketId, kind, madeAt, dueAt, brokenAt },
    })),
  ],
});
