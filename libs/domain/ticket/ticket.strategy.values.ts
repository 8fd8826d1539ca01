import { Day, Flag, Id, Instant, OneOf, Optional, options, Text } from '@rapport/kernel';
import type { CustomerGrade } from '../customer/customer.values';
import type { TicketType, Urgency } from './ticket.values';

/** What talking to the customer is to reach (template 3). */
export const CommunicationGoal = options(
  ...(['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE', 'SYNC_PROGRESS'] as const),
  ...(['EXPLAIN_SERVICE_FLOW', 'ESTIMATE_TIME', 'GIVE_GUIDE'] as const),
  ...(['SOOTHE', 'APOLOGISE_AND_EXPLAIN', 'PROMISE_FOLLOW_UP'] as const),
  ...(['DEEPEN_NEED', 'MATCH_RESOURCES', 'AGREE_NEXT_STEP'] as const),
);
export type CommunicationGoal = keyof typeof CommunicationGoal;
/** The way we talk to the customer (template 3). */
export const CommunicationMode = options(
  ...(['PHONE', 'EMAIL', 'ONLINE_MEETING', 'ONLINE_CHAT', 'WECOM', 'OFFLINE_VISIT'] as const),
);
export type CommunicationMode = keyof typeof CommunicationMode;
/** The part of a talk that a script point belongs to (template 3). */
export const ScriptPart = options('OPENING', 'CORE', 'OBJECTION', 'CLOSING');
export type ScriptPart = keyof typeof ScriptPart;
/** As what the owner of a strategy answers to the customer (SYS-15.2, O-27). */
export const OwnerCapacity = options('ACCOUNT_MANAGER', 'HEAD_DELEGATE', 'OTHER');
export type OwnerCapacity = keyof typeof OwnerCapacity;

/** An agreed point in time for a contact with the customer, as it was settled. */
export class KeyNode {
  /** n1, n2, … within the ticket: it keeps it when it is moved. */
  @Id() nodeId!: string;
  @Instant() dueAt!: string;
  @Text(500) content!: string;
  /** An agreed node replaces the cadence until it is reached (C-07). */
  @Flag() agreedWithCustomer!: boolean;
}
/** The same as somebody names it: a moment, or only a day, which means 18:00 of it (O-22). */
export class WantedNode {
  /** Of a node that is moved; absent: a new one. */
  @Optional() @Id() nodeId?: string;
  @Optional() @Instant() dueAt?: string;
  @Optional() @Day() dueOn?: string;
  @Text(500) content!: string;
  @Flag() agreedWithCustomer!: boolean;
}
/** A running node that got another time. */
export class MovedNode {
  @Id() nodeId!: string;
  @Instant() from!: string;
  @Instant() to!: string;
}
/** What is to be said in one part of the talk: a script of the library, or words for this ticket alone (SYS-15.8). */
export class WantedScriptPoint {
  @OneOf(ScriptPart) part!: ScriptPart;
  @Optional() @Id() scriptId?: string;
  @Optional() @Text(2000) text?: string;
}
/** A script of the library that is used in one part of the talk. */
export class ScriptUse {
  @OneOf(ScriptPart) part!: ScriptPart;
  @Id() scriptId!: string;
}

/** The goals that are proposed for each type of need (1.5, SYS-15.1). */
export const PROPOSED_GOALS: Readonly<Record<TicketType, readonly CommunicationGoal[]>> = {
  FUNCTIONAL: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE', 'SYNC_PROGRESS'],
  SERVICE: ['EXPLAIN_SERVICE_FLOW', 'ESTIMATE_TIME', 'GIVE_GUIDE'],
  COMPLAINT: ['SOOTHE', 'APOLOGISE_AND_EXPLAIN', 'PROMISE_FOLLOW_UP'],
  COOPERATION: ['DEEPEN_NEED', 'MATCH_RESOURCES', 'AGREE_NEXT_STEP'],
};
/** Ways that leave something to read: a routine need is answered by one of them (SYS-15.2). */
export const TEXT_MODES: readonly CommunicationMode[] = ['EMAIL', 'ONLINE_CHAT', 'WECOM'];

/** What a way of talking depends on. */
export interface Spoken {
  readonly type?: TicketType;
  readonly urgency: Urgency;
  readonly isComplex: boolean;
  readonly grade: CustomerGrade;
  /** 1 to 4; absent: not ranked. */
  readonly priority?: number;
}
interface ModeRule {
  readonly code: string;
  readonly sentence: string;
  readonly when: (of: Spoken) => boolean;
  readonly proposes: readonly CommunicationMode[];
  readonly keptBy: (modes: readonly CommunicationMode[]) => boolean;
}
const holdsAll =
  (...wanted: readonly CommunicationMode[]) =>
  (modes: readonly CommunicationMode[]): boolean =>
    wanted.every((mode) => modes.includes(mode));

/** Which ways of talking a ticket asks for; each is proposed, and must be among those that are chosen (SYS-15.2). */
export const MODE_RULES: readonly ModeRule[] = [
  {
    ...{
      code: 'WRITTEN_AFTER_CALL',
      sentence: 'what is urgent or important is told by phone and confirmed by mail',
    },
    when: ({ urgency }) => urgency !== 'ROUTINE',
    ...{ proposes: ['PHONE', 'EMAIL'], keptBy: holdsAll('PHONE', 'EMAIL') },
  },
  {
    ...{ code: 'TEXT_AND_CALL', sentence: 'routine is written, and its key facts are checked by phone' },
    when: ({ urgency }) => urgency === 'ROUTINE',
    proposes: ['EMAIL', 'PHONE'],
    keptBy: (modes) => modes.includes('PHONE') && TEXT_MODES.some((mode) => modes.includes(mode)),
  },
  {
    ...{ code: 'MEETING_IF_COMPLEX', sentence: 'what is complex is talked over in a meeting' },
    when: ({ isComplex }) => isComplex,
    ...{ proposes: ['ONLINE_MEETING'], keptBy: holdsAll('ONLINE_MEETING') },
  },
];
/** The ways that are proposed, each once. */
export const proposedModes = (of: Spoken): readonly CommunicationMode[] => [
  ...new Set(MODE_RULES.filter(({ when }) => when(of)).flatMap(({ proposes }) => proposes)),
];
/** A risk plan is needed for a complaint, a VIP, and the first two priorities (template 3) [D]. */
export const needsRiskPlan = ({ type, grade, priority }: Spoken): boolean =>
  type === 'COMPLAINT' || grade === 'VIP' || (priority !== undefined && priority <= 2);
