import { Count, Event, Id, Instant, ListOf, OneOf, Part, Text } from '@rapport/kernel';
import { SlaDuration, SlaMoment } from './sla.values';
import { SLA_RULES_MAX, SlaLadder, SlaRule } from './slapolicy.values';

/** A new version of a policy holds from a time on; version 1 is the one built in. Clocks that run keep theirs (SYS-20). */
export class SlaPolicyPublished extends Event {
  @Id() policyId!: string;
  @Count(2, 1_000_000) version!: number;
  /** The version that would have held from then on. */
  @Count(1, 1_000_000) supersedes!: number;
  /** What it rests on, for a person. */
  @Text(500) basis!: string;
  @Instant() effectiveFrom!: string;
  /** The working calendar it counts by. */
  @Id() calendarId!: string;
  @ListOf(SlaRule, SLA_RULES_MAX) rules!: readonly SlaRule[];
  @Part(SlaLadder) ladder!: SlaLadder;
}
/** A version ends; the one that was published before it holds again, in the end the one built in (SYS-20). */
export class SlaPolicyRetired extends Event {
  @Id() policyId!: string;
  @Count(2, 1_000_000) version!: number;
  @Instant() retiredFrom!: string;
  /** The version that holds from then on. */
  @Count(1, 1_000_000) successor!: number;
  @Text(500) reason!: string;
}
/** We told everybody how soon we act: from then on a rule that matches every ticket (R-18, SYS-20). */
export class PublishedPromiseDeclared extends Event {
  @Id() policyId!: string;
  @Id() promiseId!: string;
  /** As it was published: `24-hour response`. */
  @Text(500) text!: string;
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Part(SlaDuration) within!: SlaDuration;
  @Instant() effectiveFrom!: string;
}
/** A published promise ends; until then it still binds, and clocks that run keep it (SYS-20). */
export class PublishedPromiseRetired extends Event {
  @Id() policyId!: string;
  @Id() promiseId!: string;
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Part(SlaDuration) within!: SlaDuration;
  @Instant() endsAt!: string;
  @Text(500) reason!: string;
}
