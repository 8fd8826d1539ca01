import { Command, Count, Id, Instant, ListOf, OneOf, Optional, Part, Text } from '@rapport/kernel';
import { SlaDuration, SlaMoment } from './sla.values';
import { SLA_RULES_MAX, SlaLadder, SlaRule } from './slapolicy.values';

/** Publish the next version of a policy; rules that let a graver case wait longer than a lighter one are refused. What it would have meant: `POST /sla-policies/what-if`, `rapport whatif sla` (SYS-20, 2.4). */
export class PublishSlaPolicy extends Command {
  /** `default`, or another family of policies. */
  @Id() policyId!: string;
  /** What it rests on, for a person. */
  @Text(500) basis!: string;
  /** Not in the past; now, if nothing is said. */
  @Optional() @Instant() effectiveFrom?: string;
  /** The working calendar it counts by; `default`, if nothing is said. */
  @Optional() @Id() calendarId?: string;
  @ListOf(SlaRule, SLA_RULES_MAX) rules!: readonly SlaRule[];
  /** 80, 150 and 200 percent, if nothing is said. */
  @Optional() @Part(SlaLadder) ladder?: SlaLadder;
}
/** End a version of a policy, also one that has not begun; the one before holds again (SYS-20). */
export class RetireSlaPolicy extends Command {
  @Id() policyId!: string;
  @Count(1, 1_000_000) version!: number;
  /** Not in the past; now, if nothing is said. */
  @Optional() @Instant() retiredFrom?: string;
  @Text(500) reason!: string;
}
/** Tell everybody how soon we act: from then on it binds for every ticket (R-18, SYS-20). */
export class DeclarePublishedPromise extends Command {
  @Id() policyId!: string;
  @Id() promiseId!: string;
  /** As it is published: `24-hour response`. */
  @Text(500) text!: string;
  @OneOf(SlaMoment) moment!: SlaMoment;
  @Part(SlaDuration) within!: SlaDuration;
  /** Not in the past; now, if nothing is said. */
  @Optional() @Instant() effectiveFrom?: string;
}
/** Take a published promise back, for a time to come (SYS-20). */
export class RetirePublishedPromise extends Command {
  @Id() policyId!: string;
  @Id() promiseId!: string;
  /** In the future: what was promised until then is kept. */
  @Instant() endsAt!: string;
  @Text(500) reason!: string;
}
