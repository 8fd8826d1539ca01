import { BreachReason, type SlaClockState } from '@rapport/domain/values';
import { rollup } from '@rapport/kernel';
import { slaStatus } from './sla-status.projection';

const isIn = (state: SlaClockState, ...states: readonly SlaClockState[]): number =>
  Number(states.includes(state));

/** `becauseStaffShortage` */
export const reasonColumn = (reason: BreachReason): string =>
  `because_${reason.toLowerCase()}`.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const REASONS = Object.keys(BreachReason) as readonly BreachReason[];

export const slaFigures = rollup(slaStatus, {
  name: 'sla-figures',
  version: 3,
  about: 'How many clocks were kept, by moment, class, department, person and the month they were due in?',
  source: 'SYS-64.1',
  by: {
    moment: ({ moment }) => moment,
    class: ({ urgency }) => urgency,
    department: ({ department }) => department ?? 'UNASSIGNED',
    ownerId: ({ ownerId }) => ownerId ?? 'UNASSIGNED',
    month: ({ dueAt }) => dueAt.slice(0, 7),
  },
  cuts: [
    ['moment', 'month'],
    ['class', 'month'],
    ['department'],
    ['ownerId'],
    ['department', 'month'],
    ['ownerId', 'month'],
  ],
  sums: {
    running: ({ state }) => isIn(state, 'OPEN', 'PAUSED'),
    met: ({ state }) => isIn(state, 'MET'),
    metLate: ({ state }) => isIn(state, 'MET_LATE'),
    breachedOpen: ({ state }) => isIn(state, 'BREACHED'),
    cancelled: ({ state }) => isIn(state, 'CANCELLED'),
    provenLater: ({ state, slackMs }) => Number(state === 'MET_LATE' && slackMs === 0),
    slackMs: ({ slackMs }) => slackMs ?? 0,
    unexplained: ({ breachedAt, reason }) => Number(breachedAt !== null && reason === null),
    ...(Object.fromEntries(
      REASONS.map((code) => [
        reasonColumn(code),
        ({
          breachedAt,
          reason,
        }: {
          readonly breachedAt: string | null;
          readonly reason: BreachReason | null;
        }) => Number(breachedAt !== null && reason === code),
      ]),
    ) as Record<
      string,
      (row: { readonly breachedAt: string | null; readonly reason: BreachReason | null }) => number
    >),
  },
  durations: {
    elapsed: ({ elapsedMs }) => elapsedMs,
    paused: ({ pausedMs }) => (pausedMs === 0 ? null : pausedMs),
  },
  says: {
    moment: 'What was waited for: ACKNOWLEDGE, FIRST_RESPONSE, PLAN, RESOLVE or PROGRESS_SYNC (SYS-21.1)',
    class: 'URGENT, IMPORTANT or ROUTINE, when something last became of it (R-42)',
    department: 'Who faced the customer then; UNASSIGNED: nobody',
    ownerId: 'Whose work it was then; UNASSIGNED: nobody',
    month: ['The month they were due in (UTC)', 'month'],
    rows: 'Clocks that started',
    running: 'Clocks that can still be kept',
    met: 'Clocks that were reached in time',
    metLate: 'Clocks that were reached after their deadline',
    breachedOpen: 'Clocks that were missed and are still awaited',
    cancelled: 'Clocks that nobody waits for any more; they count neither as kept nor as missed',
    provenLater: 'Late ones for which later evidence shows that they were in time',
    slackMs: ['What was left when they were reached, delays taken off, added up', 'ms'],
    unexplained: 'Missed ones for which nobody has said why',
    elapsed: ['From the start of the clock until it was reached, without its pauses', 'ms'],
    paused: ['How long it stood still, where it did', 'ms'],
    ...Object.fromEntries(
      REASONS.map((code) => [reasonColumn(code), `Missed ones because of ${code} (SYS-21.7)`]),
    ),
  },
});
