import * as c from '@rapport/domain/commands';
import { PlanOption, SpokenComplaint } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';

const iso = (ms: number) => new Date(ms).toISOString();
const id = { ticketId: 't-1' };
const HOUR_MS = 3_600_000;
export const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
export const uma = { id: 'uma', role: 'SUPERVISOR' };
export const hua = { id: 'hua', role: 'DEPARTMENT_HEAD' };

/** What may be wanted: `now`, and an earlier moment of which somebody may tell late. */
export type Wish = (now: string, ago: string, n: number) => object;
export const spoken = hydrate(SpokenComplaint, { causes: ['POOR_QUALITY'], emotion: 'CALM' });
export const ABOUT_THE_TICKET: readonly Wish[] = [
  (_, ago) => c.AcknowledgeTicket.of({ ...id, acknowledgedAt: ago }),
  (_, ago) => c.RecordFirstResponse.of({ ...id, respondedAt: ago, direction: 'so', interactionId: 'm' }),
  (_, ago) => c.PresentPlan.of({ ...id, options: [hydrate(PlanOption, { summary: 'x' })], presentedAt: ago }),
  (_, ago) => c.DeliverSolution.of({ ...id, solution: 'x', deliveredAt: ago }),
  () => c.WaitForCustomer.of({ ...id, question: 'which?' }),
  () => c.WaitForCustomer.of({ ...id, question: 'which?', interactionId: 'mail' }),
  () => c.ResumeTicket.of(id),
  (_, __, n) => c.ChangeTicketUrgency.of({ ...id, urgency: URGENCIES[n % 3]!, reason: 'x' }),
  () => c.PrioritiseTicket.of({ ...id, urgent: true, important: true }),
  (_, __, n) => c.OverridePriority.of({ ...id, level: 1 + (n % 4), reason: 'x', approverId: 'uma' }),
  () => c.ReportDissatisfied.of({ ...id, reason: 'no' }),
  () => c.ConfirmSatisfied.of({ ...id, evidence: 'call' }),
  () => c.ReopenTicket.of({ ...id, reason: 'again' }),
  (_, __, n) => c.AssignTicketOwner.of({ ...id, ownerId: [ann, uma, hua][n % 3]!.id }),
  (now, ago) =>
    c.SyncProgress.of({
      ...{ ...id, text: 'x', nextAt: iso(Date.parse(now) + HOUR_MS) },
      ...(ago < now && { syncedAt: ago }),
    }),
  (now, _, n) => promise(n, iso(Date.parse(now) + (1 + (n % 200)) * HOUR_MS)),
  (_, __, n) => c.ConfirmCommitmentInWriting.of({ commitmentId: `k-${n % 2}`, writtenId: 'mail' }),
];
export const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;
/** RESOLUTION_TIME twice: the others are about moments that come first. */
const KINDS = ['RESOLUTION_TIME', 'FEEDBACK_TIME', 'RESOLUTION_TIME', 'DELIVERY'] as const;
const promise = (n: number, dueAt: string) =>
  c.MakeCommitment.of({
    ...{ commitmentId: `k-${n % 2}`, customerId: 'c-1', ticketId: 't-1', kind: KINDS[n % 4]! },
    ...{ makerId: 'ann', text: 'x', channel: 'PHONE', dueAt, ...(n % 3 === 0 && { writtenId: 'mail' }) },
  });
/** A promise is tied to its ticket by another policy: whether it holds a closure depends on whether that one is awake. */
export const CLOSURES: readonly Wish[] = [() => c.CloseTicket.of(id)];
/** Time may make a complaint graver: its own timers are another's work, and come when that one wakes. */
export const OF_COMPLAINTS: readonly Wish[] = [
  () => c.ClassifyTicket.of({ ...id, type: 'COMPLAINT', complaint: spoken }),
  () => c.RaiseComplaintLevel.of({ ...id, to: 'MAJOR', because: 'x' }),
];
/** What people do to clocks and escalations themselves, and the end of all. */
export const ABOUT_CLOCKS: readonly Wish[] = [
  (_, __, n) =>
    c.PauseSlaClock.of({
      ...id,
      moment: n % 2 ? 'PLAN' : 'RESOLVE',
      reason: 'WAITING_FOR_CUSTOMER',
      questionId: 'q',
    }),
  (_, __, n) => c.ResumeSlaClock.of({ ...id, moment: n % 2 ? 'PLAN' : 'RESOLVE' }),
  (_, __, n) =>
    c.RecordBreachReason.of({ ...id, moment: n % 2 ? 'PLAN' : 'FIRST_RESPONSE', reason: 'KNOWLEDGE_GAP' }),
  () => c.EscalateTicket.of({ ...id, askedBy: 'CUSTOMER', reason: 'x' }),
  () => c.AcceptEscalation.of(id),
  () => c.ResolveEscalation.of({ ...id, note: 'x' }),
  () => c.WithdrawTicket.of({ ...id, reason: 'x' }),
];
