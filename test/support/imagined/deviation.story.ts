import {
  AcceptPhase,
  AnswerRevisedPlan,
  AssessFeasibility,
  DeclareRequirementDeviation,
  IssueRevisedPlan,
  PresentPlan,
  RecordRequirementMatrix,
  RejectPhase,
} from '@rapport/domain/commands';
import type { AcceptancePhase, Milestone } from '@rapport/domain/values';
import { DAY, HOUR, instant } from './calendar';
import { words } from './cast';
import { send, wait, type Story } from './story';
import type { Case } from './ticket.story';

const DEPARTMENTS = ['TECHNICAL', 'PRODUCT', 'SALES'] as const;

/** The customer needs something else than was planned: sorted, checked, planned anew, and delivered in two phases. */
export function* deviationStory({ stage, ticketId, by }: Case): Story {
  const { dice, now } = stage;
  const options = [{ summary: words(dice) }];
  yield send(PresentPlan.of({ ticketId, options, presentedAt: instant(now()) }), by);
  yield wait(dice.lognormal(3 * DAY, 0.7));
  const items = Array.from({ length: dice.int(2, 20) }, (_, n) => ({
    ...{ itemId: `item-${n + 1}`, description: words(dice).slice(0, 500) },
  }));
  const taskForce = DEPARTMENTS.map((department, n) => ({ staffId: `engineer.${n + 1}`, department }));
  const agreed = bars(now(), 20);
  if (!(yield send(DeclareRequirementDeviation.of({ ticketId, items, taskForce, agreed }), by))) return;
  yield wait(dice.lognormal(6 * HOUR, 0.5));
  const entries = items.map(({ itemId }, n) => {
    const itemClass = n === 0 || dice.chance(0.4) ? ('CORE' as const) : ('ADDITIONAL' as const);
    return { itemId, itemClass, urgent: itemClass === 'CORE', important: dice.chance(0.5) };
  });
  yield send(RecordRequirementMatrix.of({ ticketId, entries }), by);
  for (const { itemId, itemClass } of entries) {
    if (itemClass === 'ADDITIONAL' && dice.chance(0.7)) continue;
    const cost = { minor: dice.int(100, 50_000) * 100, currency: 'CNY' };
    const compatibility = dice.of(['COMPATIBLE', 'COMPATIBLE', 'WITH_CHANGES'] as const);
    const found = { itemId, compatibility, personDays: dice.int(1, 30), cost };
    yield send(AssessFeasibility.of({ ticketId, ...found }), by);
  }
  yield wait(dice.lognormal(18 * HOUR, 0.5));
  const phases: readonly AcceptancePhase[] = [
    { name: 'core', itemClass: 'CORE', dueAt: instant(now() + 30 * DAY), criteria: ['it works'] },
    { name: 'extension', itemClass: 'ADDITIONAL', dueAt: instant(now() + 45 * DAY), criteria: ['it works'] },
  ];
  yield send(IssueRevisedPlan.of({ ticketId, milestones: bars(now(), 30), phases }), by);
  yield wait(dice.lognormal(12 * HOUR, 0.6));
  const answer = { channel: 'EMAIL', writtenId: dice.uuid() } as const;
  if (dice.chance(0.15)) {
    yield send(
      AnswerRevisedPlan.of({ ticketId, plan: 1, accepted: false, reason: words(dice), ...answer }),
      by,
    );
    yield wait(dice.lognormal(DAY, 0.5));
    const again = { milestones: bars(now(), 25), phases, cause: 'it was to come too late' };
    yield send(IssueRevisedPlan.of({ ticketId, ...again }), by);
    yield wait(dice.lognormal(12 * HOUR, 0.6));
    if (!(yield send(AnswerRevisedPlan.of({ ticketId, plan: 2, accepted: true, ...answer }), by))) return;
  } else if (!(yield send(AnswerRevisedPlan.of({ ticketId, plan: 1, accepted: true, ...answer }), by)))
    return;
  for (const phase of [1, 2]) {
    yield wait((phase === 1 ? 24 : 10) * DAY + dice.exponential(3 * DAY));
    if (dice.chance(0.2)) {
      yield send(RejectPhase.of({ ticketId, phase, reason: words(dice) }), by);
      yield wait(dice.lognormal(2 * DAY, 0.5));
    }
    yield send(AcceptPhase.of({ ticketId, phase, evidenceId: dice.uuid() }), by);
  }
}

/** Two bars, one after the other. */
const bars = (from: number, days: number): readonly Milestone[] => [
  {
    milestoneId: 'core',
    task: 'deliver the core',
    startsAt: instant(from + HOUR),
    endsAt: instant(from + days * DAY),
  },
  {
    ...{ milestoneId: 'extension', task: 'deliver the rest', startsAt: instant(from + days * DAY) },
    endsAt: instant(from + 1.5 * days * DAY),
  },
];
