import { options } from '@rapport/kernel';

/** Who is called, lowest first (2.4, SYS-22). */
export const EscalationLevel = options('SUPERVISOR', 'DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT');
export type EscalationLevel = keyof typeof EscalationLevel;
/** Who asks for it. */
export const EscalationAsker = options('CUSTOMER', 'OWNER');
export type EscalationAsker = keyof typeof EscalationAsker;
/** What it came from: somebody asked, nobody accepted it at the level below, or a deadline was missed. */
export const EscalationTrigger = { ...EscalationAsker, ...options('NOT_ACCEPTED', 'SLA_BREACH') };
export type EscalationTrigger = keyof typeof EscalationTrigger;

/** So long an escalation waits to be accepted before it moves up (2.4, SYS-22). */
export const ACCEPT_WITHIN_MINUTES = 30;

const LADDER = Object.keys(EscalationLevel) as readonly EscalationLevel[];
const rankOf = (level: EscalationLevel): number => LADDER.indexOf(level);

/** Above zero when `one` is the higher of the two. */
export const higherThan = (one: EscalationLevel, other: EscalationLevel): number =>
  rankOf(one) - rankOf(other);
/** The next step of the ladder; null at its top. */
export const levelAbove = (level: EscalationLevel): EscalationLevel | null =>
  LADDER[rankOf(level) + 1] ?? null;
/** True for the level that was called and those above it. */
export const mayAccept = (role: string, level: EscalationLevel): boolean =>
  role in EscalationLevel && higherThan(role as EscalationLevel, level) >= 0;

/** Until when an escalation has to be accepted; that moment itself is in time. */
export const acceptanceDue = (escalatedAt: string): string =>
  new Date(Date.parse(escalatedAt) + ACCEPT_WITHIN_MINUTES * 60_000).toISOString();
