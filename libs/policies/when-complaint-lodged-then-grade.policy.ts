import { GradeComplaint } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { COMPLAINT_RECURRENCE_DAYS, type ComplaintCause } from '@rapport/domain/values';
import { json, policy } from '@rapport/kernel';

interface Earlier {
  readonly ticketId: string;
  readonly raisedAt: string;
}
type ByCause = Readonly<Partial<Record<ComplaintCause, Earlier>>>;

/** Every complaint is weighed at once; what only a look over all of a customer's complaints can tell is found here (SYS-28). */
export const whenComplaintLodgedThenGrade = policy(events, {
  name: 'when-complaint-lodged-then-grade',
  about:
    'grades every lodged complaint and finds out whether it is the second on the same cause within 30 days',
  key: 'customerId',
  columns: { lastByCause: json<ByCause>({}) },
}).on({
  ComplaintLodged: ({ lastByCause }, { ticketId, causes, raisedAt }) => {
    const recurrence = causes.some((cause) => isRecent(cause, lastByCause[cause], { ticketId, raisedAt }));
    return {
      remember: { lastByCause: { ...lastByCause, ...latest(causes, lastByCause, { ticketId, raisedAt }) } },
      send: [GradeComplaint.of({ ticketId, recurrence })],
    };
  },
});

const RECENT_MS = COMPLAINT_RECURRENCE_DAYS * 86_400_000;

/** Two complaints under OTHER need not be about the same thing. */
const isRecent = (cause: ComplaintCause, earlier: Earlier | undefined, now: Earlier): boolean => {
  if (!earlier || cause === 'OTHER' || earlier.ticketId === now.ticketId) return false;
  const passed = Date.parse(now.raisedAt) - Date.parse(earlier.raisedAt);
  return passed >= 0 && passed <= RECENT_MS;
};

/** A complaint that is told late does not take the place of a later one. */
const latest = (causes: readonly ComplaintCause[], known: ByCause, now: Earlier): ByCause =>
  Object.fromEntries(
    causes.filter((cause) => (known[cause]?.raisedAt ?? '') <= now.raisedAt).map((cause) => [cause, now]),
  );
