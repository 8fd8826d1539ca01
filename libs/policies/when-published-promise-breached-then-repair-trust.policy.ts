import { OpenTrustRepair, StateRepairCause } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { isPublishedPromise, justAfter, type SlaMoment, type SlaRuleChoice } from '@rapport/domain/values';
import { at, json, policy } from '@rapport/kernel';

/** What everybody had been promised for one clock, and when it is broken. */
interface Promised {
  readonly rule: string;
  readonly dueAt: string;
}
interface OfClock {
  readonly ticketId: string;
  readonly moment: SlaMoment;
  readonly round: number;
}
const ofClock = ({ ticketId, moment, round }: OfClock): readonly string[] => [
  `${ticketId}|${moment}|${round}`,
];
const columns = {
  /** null: no published promise is among its rules. */
  promised: json<Promised | null>(null),
  /** The repair that its breach has opened, or is going to open when the promise is broken too. */
  repair: json<OpenTrustRepair | null>(null),
};

/**
 * A promise to everybody is broken when its own time has passed, also where a stricter rule of the house had been missed
 * before. The reason of the breach is the cause of the repair (SYS-27.1, SYS-27.2).
 */
export const whenPublishedPromiseBreachedThenRepairTrust = policy(events, {
  name: 'when-published-promise-breached-then-repair-trust',
  about: 'opens a trust repair when a published promise, such as the 24-hour response, was not kept',
  key: 'ticketId',
  columns,
  keys: {
    ...{ SlaClockStarted: ofClock, SlaClockRescheduled: ofClock, SlaClockBreached: ofClock },
    ...{ SlaClockMet: ofClock, SlaClockMetLate: ofClock, SlaClockCancelled: ofClock },
    BreachReasonRecorded: ofClock,
  },
}).on({
  SlaClockStarted: (_, { moment, winner, losers }) => {
    const promised = strictest([winner, ...losers], moment);
    return promised ? { remember: { promised } } : undefined;
  },
  SlaClockRescheduled: (_, { moment, winner, losers = [] }) => {
    const promised = winner && strictest([winner, ...losers], moment);
    return promised ? { remember: { promised } } : undefined;
  },
  SlaClockBreached: ({ promised }, clock, { id: repairId }) => {
    if (!promised) return undefined;
    const { customerId, ticketId, moment, round, ownerId, department, breachedAt } = clock;
    const { rule, dueAt: brokenAt } = promised;
    const repair = OpenTrustRepair.of({
      ...{ repairId, customerId, ticketId, breach: 'PUBLISHED_PROMISE', rule, moment, round, brokenAt },
      ...(ownerId !== undefined && { makerId: ownerId }),
      ...(department !== undefined && { department }),
    });
    return brokenAt <= breachedAt
      ? { remember: { repair: { ...repair } }, send: [repair] }
      : { remember: { repair: { ...repair } }, wake: at(justAfter(brokenAt), repair) };
  },
  SlaClockMetLate: ({ promised }, { reachedAt }) =>
    promised && reachedAt <= promised.dueAt ? { remember: null } : undefined,
  SlaClockMet: ({ promised }) => (promised ? { remember: null } : undefined),
  SlaClockCancelled: ({ promised }) => (promised ? { remember: null } : undefined),
  BreachReasonRecorded: ({ promised, repair }, { reason: cause, text, statedAt }) => {
    if (!promised || !repair) return undefined;
    if (statedAt <= promised.dueAt)
      return { wake: at(justAfter(promised.dueAt), OpenTrustRepair.of({ ...repair, cause })) };
    const { repairId } = repair;
    return { send: [StateRepairCause.of({ repairId, cause, ...(text !== undefined && { text }) })] };
  },
});

const strictest = (rules: readonly SlaRuleChoice[], moment: SlaMoment): Promised | undefined =>
  rules
    .filter(({ rule }) => isPublishedPromise(rule, moment))
    .map(({ rule, due: dueAt }) => ({ rule, dueAt }))
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
    .at(0);
