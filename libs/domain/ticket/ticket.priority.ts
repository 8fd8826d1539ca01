import { refuse, type Actor, type Context } from '@rapport/kernel';
import { dueOf } from '../sla/calendar.rules';
import { lawAt } from '../sla/sla.rulebook';
import { analysisOf } from './ticket.analysis';
import { dayAfter, localDayOf, zoneOf } from './ticket.days';
import { fits, placeIn, samePlace } from './ticket.plans.rules';
import type { PrioritiseTicket } from './ticket.priority.commands';
import * as events from './ticket.priority.events';
import type { Prioritised } from './ticket.priority.state';
import {
  flagsOf,
  HANDLING,
  ITERATION_REVIEW_DAYS,
  levelOf,
  PLANNED_WITHIN_WORKING_DAYS,
  quadrantAt,
  quadrantOf,
  STANDARD_ANSWER,
  type PlanPlace,
  type PrincipleScores,
  type Quadrant,
} from './ticket.priority.values';
import { scoreOf, scoresOf } from './ticket.ranking.values';
import { unapproved } from './ticket.roles';
import { openTicket, present, type Decide, type Facts, type Known } from './ticket.state';

/** Priority: the quadrant, the rank within it, the place in a plan (SYS-14). */
export const priority = {
  PrioritiseTicket: (ticket, command, { now, known }) => {
    const { of } = openTicket(ticket, now);
    const quadrant = quadrantOf(command);
    if (of.prioritised) return rankedAlready(of.prioritised, quadrant);
    const emergency = of.analysis === undefined;
    if (quadrant !== 'Q1') analysisOf(of);
    const scores = scoresIn(of, command, known);
    const ranking = {
      ...rankingOf(of, quadrant, scores, known.rulebook, now),
      emergency,
      prioritisedAt: now,
    };
    return [
      events.TicketPrioritised.of({ ...of, ...ranking }),
      ...backlogged(of, quadrant, command.reviewOn, known.customer, now),
    ];
  },

  OverridePriority: (ticket, { level, reason, approverId: named }, { now, actor, known }) => {
    const { of } = openTicket(ticket, now);
    const { quadrant: from, scores } = prioritisedOf(of);
    const to = quadrantAt(level);
    if (from === to) return [];
    const approverId = approved(of, actor, named);
    const ranking = rankingOf(of, to, scores, known.rulebook, now);
    const overridden = { ...ranking, from, to, reason, approverId, overriddenAt: now };
    return [
      events.TicketPriorityOverridden.of({ ...of, ...overridden }),
      ...backlogged(of, to, undefined, known.customer, now),
    ];
  },

  ScheduleTicketInPlan: (ticket, command, { now, known }) => {
    const { of } = openTicket(ticket, now);
    const { quadrant, plan: from, planBy } = prioritisedOf(of);
    const to = placeIn(command, localDayOf(now, zoneOf(known.customer)));
    if (!fits(quadrant, to))
      return refuse('PLAN_UNFIT', 'what is important is planned, not left to a later iteration', {
        quadrant,
      });
    if (samePlace(from, to)) return [];
    return [scheduled(of, quadrant, to, now, planBy)];
  },

  NotePlanningOverdue: (ticket, { planBy }, { now }) => {
    if (ticket.stage === 'closed' || ticket.stage === 'withdrawn') return [];
    const { of } = openTicket(ticket, now);
    const { planBy: waiting, plan, overdueSince } = of.prioritised ?? {};
    if (waiting !== planBy || overdueSince === planBy || isPlanned(plan)) return [];
    if (now <= planBy) return refuse('PLANNING_NOT_OVERDUE', 'there is still time to plan it', { planBy });
    return [events.PlanningOverdue.of({ ...of, planBy }, planBy)];
  },
} satisfies Partial<Decide>;

/** Where it stands; whatever builds on a ranking is refused without it. */
export const prioritisedOf = ({ prioritised }: Facts): Prioritised =>
  prioritised ?? refuse('PRIORITY_REQUIRED', 'the ticket has not been prioritised yet');

const rankedAlready = ({ quadrant: stands }: Prioritised, quadrant: Quadrant): [] =>
  stands === quadrant
    ? []
    : refuse('TICKET_PRIORITISED', 'the ticket has a priority: override it, with reason and approver', {
        quadrant: stands,
      });

type Asked = Context<Known['PrioritiseTicket']>['known'];

const scoresIn = (of: Facts, command: PrioritiseTicket, { customer, value }: Asked): PrincipleScores =>
  scoresOf({
    ...present({ impact: command.impact, returnOnCost: command.returnOnCost }),
    ...present({ feasibility: command.feasibility, coreBusinessImpact: command.coreBusinessImpact }),
    ...present({ verdict: of.analysis?.verdict }),
    tier: value.tier,
    strategicPartner: customer.stage === 'known' && customer.profile.STRATEGIC_PARTNER === 'YES',
  });

/** All that follows from the quadrant. */
const rankingOf = (
  of: Facts,
  quadrant: Quadrant,
  scores: PrincipleScores,
  rulebook: Asked['rulebook'],
  now: string,
) => {
  const level = levelOf(quadrant);
  return {
    ...{ quadrant, level, priority: level, ...flagsOf(quadrant), scores, score: scoreOf(scores) },
    handling: HANDLING[quadrant],
    ...(quadrant === 'Q3' && { standardAnswer: STANDARD_ANSWER[of.type ?? 'SERVICE'] }),
    ...(quadrant === 'Q2' && { planBy: planByOf(rulebook, now) }),
  };
};
/** Until the end of the next working day (SYS-14.3, R-14). */
const planByOf = (rulebook: Asked['rulebook'], now: string): string =>
  dueOf(now, {
    within: { kind: 'WORKING_DAY', days: PLANNED_WITHIN_WORKING_DAYS },
    calendar: lawAt(rulebook, now).calendar,
    tier: 'STANDARD',
  });

/** What is neither urgent nor important is put into the iteration backlog at once, with a day to look at it (SYS-14.4). */
const backlogged = (
  of: Facts,
  quadrant: Quadrant,
  wanted: string | undefined,
  customer: Asked['customer'],
  now: string,
) => {
  if (quadrant !== 'Q4') return [];
  const today = localDayOf(now, zoneOf(customer));
  const reviewOn = wanted ?? dayAfter(today, ITERATION_REVIEW_DAYS);
  const to = placeIn({ kind: 'ITERATION', reviewOn }, today);
  return samePlace(of.prioritised?.plan, to) ? [] : [scheduled(of, quadrant, to, now)];
};

/** A place in the iteration backlog is none for what is important. */
const isPlanned = (plan: PlanPlace | undefined): boolean => plan !== undefined && fits('Q2', plan);

const scheduled = (of: Facts, quadrant: Quadrant, to: PlanPlace, now: string, planBy?: string) => {
  const from = of.prioritised?.plan;
  const late = planBy !== undefined && now > planBy && !isPlanned(from);
  const place = { quadrant, to, scheduledAt: now, late, ...present({ from, planBy }) };
  return events.TicketScheduledInPlan.of({ ...of, priority: levelOf(quadrant), ...place });
};

/** Somebody other than the owner stands for it: whoever sends it, or whom that person names (SYS-14.7). */
const approved = ({ ownerId }: Facts, actor: Actor, approverId = actor.id): string => {
  const lacking = unapproved(actor, ownerId, approverId);
  if (lacking === 'BY_OWNER')
    return refuse('OVERRIDE_BY_OWNER', 'the owner may not override: somebody else who may has to send it');
  if (lacking === 'ROLE_NOT_ALLOWED')
    return refuse('ROLE_NOT_ALLOWED', 'only a supervisor or somebody above may override a priority');
  return approverId;
};
