import * as events from '@rapport/domain/events';
import type { AcceptancePhase } from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, text, type RowOf } from '@rapport/kernel';

/** A phase that is still to be accepted. */
interface Ahead {
  readonly name: string;
  readonly dueAt: string;
}
// prettier-ignore
const columns = {
  customerId: text().says('Whose ticket it is (SYS-18.5)'),
  phaseSet: integer(1).says('1 for the phases as defined first, one more each time they were defined anew (SYS-18.5)', 'ordinal'),
  phases: howMany().says('The phases in which it is accepted (R-58)'),
  accepted: howMany().says('Those that the customer has accepted: always the first ones (SYS-18.5)'),
  done: flag().says('The customer has accepted all of them (SYS-18.5)'),
  nextPhase: maybe(text()).says('The phase whose turn it is; null: all are accepted (SYS-18.5)'),
  nextDue: maybe(instant()).says('Until when it is to be accepted; null: all are accepted (SYS-18.5)'),
  rejections: howMany().says('How often the phase whose turn it is was rejected (SYS-18.5)'),
  rejectionsAll: howMany().says('How often any phase of this set was rejected (SYS-18.5)'),
  definedAt: instant().says('When these phases were defined (SYS-18.5)'),
  lastAcceptedAt: maybe(instant()).says('When the customer accepted one last; null: none yet (SYS-18.5)'),
  ahead: json<readonly Ahead[]>([]).says('The phases that are still to be accepted, with their due times (SYS-18.5)'),
};
type Progress = Omit<RowOf<typeof columns>, 'key'>;

/** How far the customer has accepted what is delivered in phases. */
export const acceptanceProgress = projection(events, {
  name: 'acceptance-progress',
  version: 1,
  about:
    'How many phases of each staged delivery has the customer accepted, and which comes next until when?',
  columns,
  indexes: [['done', 'nextDue'], ['customerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket that is accepted in phases',
}).on({
  AcceptancePhasesDefined: (_, { customerId, phaseSet, phases, definedAt }) => ({
    ...{ customerId, phaseSet, phases: phases.length, definedAt, accepted: 0, lastAcceptedAt: null },
    ...{ rejections: 0, rejectionsAll: 0, done: false },
    ...next(phases.map(({ name, dueAt }: AcceptancePhase) => ({ name, dueAt }))),
  }),
  PhaseAccepted: ({ ahead }, { phase: accepted, last: done, acceptedAt: lastAcceptedAt }) => ({
    ...{ accepted, done, lastAcceptedAt, rejections: 0 },
    ...next(ahead.slice(1)),
  }),
  PhaseRejected: ({ rejectionsAll }, { rejections }) => ({ rejections, rejectionsAll: rejectionsAll + 1 }),
});

const next = (ahead: readonly Ahead[]): Pick<Progress, 'ahead' | 'nextPhase' | 'nextDue'> => ({
  ...{ ahead, nextPhase: ahead[0]?.name ?? null, nextDue: ahead[0]?.dueAt ?? null },
});
