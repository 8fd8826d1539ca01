import { Command, Count, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { BEHAVIOUR_SECONDS_MAX, BehaviourKind } from './behaviour.values';

/** Record what a customer who allows it did: once, however often and in whatever order it is delivered (SYS-10). */
export class RecordBehaviour extends Command {
  /** The id that the watching system gave it, unique among all that are watched. */
  @Id() sourceEventId!: string;
  @Id() customerId!: string;
  @Optional() @Id() contactId?: string;
  @OneOf(BehaviourKind) kind!: BehaviourKind;
  /** The page, feature or document, by its name there. */
  @Text(200) subject!: string;
  /** How long it lasted; needed with FEATURE_USE. */
  @Optional() @Count(0, BEHAVIOUR_SECONDS_MAX) seconds?: number;
  /** When it happened there, not when it was delivered. */
  @Instant() happenedAt!: string;
}
