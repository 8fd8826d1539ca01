import { Count, Event, Id, Instant, OneOf, Optional, Text } from '@rapport/kernel';
import { BEHAVIOUR_SECONDS_MAX, BehaviourKind } from './behaviour.values';

/** A customer who allows ANALYTICS viewed a page, used a feature or visited a document (SYS-10). */
export class BehaviourRecorded extends Event {
  /** The id that the watching system gave it: whatever is delivered again under it is the same. */
  @Id() sourceEventId!: string;
  @Id() customerId!: string;
  @Optional() @Id() contactId?: string;
  @OneOf(BehaviourKind) kind!: BehaviourKind;
  /** The page, feature or document, by its name there. */
  @Text(200) subject!: string;
  /** How long it lasted. Always there with FEATURE_USE. */
  @Optional() @Count(0, BEHAVIOUR_SECONDS_MAX) seconds?: number;
  @Instant() happenedAt!: string;
}
