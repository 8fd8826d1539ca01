import { refuse, reject } from '@rapport/kernel';
import * as events from './ticket.deviation.events';
import { assertPhases } from './ticket.deviation.rules';
import type { Phases } from './ticket.deviation.state';
import type { AcceptancePhase } from './ticket.deviation.values';
import { openTicket, present, timely, type Decide, type Facts } from './ticket.state';

/** What is delivered in parts is accepted in parts, one after the other (SYS-18.5). */
export const phases = {
  DefineAcceptancePhases: (ticket, { phases: wanted }, { now }) => {
    const { of } = openTicket(ticket, now);
    const { phases: before, promised = [] } = of.planned ?? {};
    if (before && isSame(before.phases, wanted)) return [];
    if (wanted.length === 0) reject('PHASE_REQUIRED', 'phases', 'name at least one phase');
    assertPhases(wanted, now);
    if (of.filed.plans === 0) refuse('PLAN_REQUIRED', 'there is no plan yet whose phases could be accepted');
    if ((before?.accepted ?? 0) > 0)
      refuse('PHASES_BEGUN', 'the customer has accepted a phase: go on in this order');
    if (promised.length > 0)
      refuse('PHASES_PROMISED', 'the dates of the phases are promised: revise the plan');
    return [phasesDefined(of, wanted, now)];
  },

  AcceptPhase: (ticket, { phase, evidenceId, acceptedAt }, { now }) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    const known = phasesOf(of);
    if (phase <= known.accepted) return [];
    const which = inTurn(known, phase);
    const at = timely(found, 'acceptedAt', acceptedAt ?? now, now);
    const kept = present({
      commitmentId: of.planned?.promised.find((date) => date.phase === phase)?.commitmentId,
    });
    const accepted = { evidenceId, acceptedAt: at, last: phase === known.phases.length };
    return [events.PhaseAccepted.of({ ...of, ...which, ...accepted, ...kept }, at)];
  },

  RejectPhase: (ticket, { phase, reason, evidenceId }, { now }) => {
    const { of } = openTicket(ticket, now);
    const known = phasesOf(of);
    if (phase <= known.accepted)
      return refuse('PHASE_ACCEPTED', 'the customer has accepted this phase', { accepted: known.accepted });
    const which = inTurn(known, phase);
    const rejected = {
      reason,
      rejectedAt: now,
      rejections: known.rejections + 1,
      ...present({ evidenceId }),
    };
    return [events.PhaseRejected.of({ ...of, ...which, ...rejected })];
  },
} satisfies Partial<Decide>;

/** Phases from now on, in the place of others if there were some. */
export const phasesDefined = (of: Facts, some: readonly AcceptancePhase[], now: string) => {
  const phaseSet = (of.planned?.phases?.phaseSet ?? 0) + 1;
  return events.AcceptancePhasesDefined.of({ ...of, phaseSet, phases: some, definedAt: now });
};

const phasesOf = ({ planned }: Facts): Phases =>
  planned?.phases ?? refuse('PHASES_UNDEFINED', 'no phases have been defined');
/** Only the phase after the last accepted one can be answered. */
const inTurn = ({ phaseSet, phases: all, accepted }: Phases, phase: number) => {
  const found = all[phase - 1];
  if (!found) return refuse('PHASE_UNKNOWN', `there are ${all.length} phases`, { phases: all.length });
  if (phase !== accepted + 1)
    return refuse('PHASE_OUT_OF_ORDER', `phase ${accepted + 1} comes first`, { accepted });
  return { phaseSet, phase, phases: all.length, name: found.name };
};
const isSame = (some: readonly AcceptancePhase[], others: readonly AcceptancePhase[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);
