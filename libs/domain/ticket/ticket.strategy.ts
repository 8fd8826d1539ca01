import { refuse, reject, type Context } from '@rapport/kernel';
import { isPriority } from '../customer/customer.priority';
import type { CustomerGrade } from '../customer/customer.values';
import { lawAt } from '../sla/sla.rulebook';
import { isRunning, lastClock, type Clock, type SlaClocks } from '../sla/slaclocks.state';
import { rulingsOf } from '../sla/slapolicy.rules';
import { analysisOf } from './ticket.analysis';
import { zoneOf } from './ticket.days';
import { execution } from './ticket.execution';
import { NO_NODES, settledNodes } from './ticket.nodes';
import { assertReachable } from './ticket.reach';
import { riskPlanInForce } from './ticket.riskplan';
import { openTicket, present, timely, type Decide, type Facts, type Known } from './ticket.state';
import * as events from './ticket.strategy.events';
import { assertWhole } from './ticket.strategy.rules';
import type { Strategy } from './ticket.strategy.state';
import { isAfterSaleProblem } from './ticket.values';
import type { ScriptPart, WantedScriptPoint } from './ticket.strategy.values';

/** Communication strategy: goals, ways, times, owner, words, and what if it goes wrong (SYS-15, template 3). */
export const strategy = {
  SetCommunicationStrategy: (ticket, command, context) => {
    const { of } = openTicket(ticket, context.now);
    if (of.strategy)
      return refuse('STRATEGY_SET', 'the ticket has a strategy: revise it', { version: of.strategy.version });
    assertAnalysed(of);
    const { ticketId, keyNodes: wanted, scriptPoints, ...told } = command;
    const zone = zoneOf(context.known.customer);
    const { keyNodes } = settledNodes(wanted, NO_NODES, context.now, zone);
    const said = { ...told, ...saidIn(scriptPoints), ownerCapacity: told.ownerCapacity ?? 'OTHER' };
    const whole = settled(
      of,
      { ...present({ contactId: of.raisedBy }), ...said, keyNodes },
      context,
      undefined,
    );
    return [
      ...execution.AssignTicketOwner(ticket, { ticketId, ownerId: command.ownerId }, context),
      events.CommunicationStrategySet.of({ ...of, ...whole, version: 1 }),
    ];
  },

  ReviseCommunicationStrategy: (ticket, command, context) => {
    const { of } = openTicket(ticket, context.now);
    const before = strategyOf(of);
    const { ticketId, reason, keyNodes: wanted, scriptPoints, ...told } = command;
    const zone = zoneOf(context.known.customer);
    const { keyNodes, movedNodes, droppedNodeIds } = wanted
      ? settledNodes(wanted, before, context.now, zone)
      : { keyNodes: before.keyNodes, movedNodes: [], droppedNodeIds: [] };
    const { nodesMade: _, riskTriggered: __, ...stood } = before;
    const said = scriptPoints ? { ...NO_WORDS, ...saidIn(scriptPoints) } : {};
    const whole = settled(of, { ...stood, ...present(told), ...said, keyNodes }, context, before);
    const change = { version: before.version + 1, reason, movedNodes, droppedNodeIds };
    return [
      ...execution.AssignTicketOwner(ticket, { ticketId, ownerId: whole.ownerId, reason }, context),
      events.CommunicationStrategyRevised.of({ ...of, ...whole, ...change }),
    ];
  },

  TriggerRiskPlan: (ticket, { triggeredAt }, { now }) => {
    const found = openTicket(ticket, now);
    if (strategyOf(found.of).riskAction === undefined)
      return refuse('RISK_PLAN_UNKNOWN', 'the strategy has no risk plan');
    return riskPlanInForce(found.of, timely(found, 'triggeredAt', triggeredAt ?? now, now));
  },
} satisfies Partial<Decide>;

/** The strategy that holds. */
export const strategyOf = ({ strategy: found }: Facts): Strategy =>
  found ?? refuse('STRATEGY_UNKNOWN', 'the ticket has no communication strategy yet');

/** What is urgent and important goes on before it has been analysed (SYS-14). */
const assertAnalysed = (of: Facts): void => {
  if (of.prioritised?.quadrant !== 'Q1') analysisOf(of);
};

type Asked = Context<Known['SetCommunicationStrategy']>;
type Wanted = Omit<Strategy, 'version' | 'nodesMade' | 'riskTriggered' | 'nextAction' | 'nextActionAt'> & {
  readonly nextAction?: string;
  readonly nextActionAt?: string;
};

/** The strategy as it is going to stand, when nothing speaks against it. */
const settled = (of: Facts, wanted: Wanted, context: Asked, before: Strategy | undefined) => {
  const { known, now } = context;
  const { nextAction = '', nextActionAt = '' } = wanted;
  assertWhole({ ...of, ...wanted, ...aboutTicket(of, known), parts: partsIn(wanted) });
  if (nextActionAt !== before?.nextActionAt && nextActionAt <= now)
    reject('CLOSING_IN_PAST', 'nextActionAt', 'what is done next lies in the future');
  assertReachable(known.customer, wanted.contactId, wanted.modes);
  assertFirstResponse(of, wanted.firstResponseDue, before?.firstResponseDue, context);
  return { ...wanted, nextAction, nextActionAt };
};

const aboutTicket = ({ type, isComplex, analysis, priority }: Facts, { customer }: Asked['known']) => ({
  ...present({ type, priority }),
  isComplex: analysis?.isComplex ?? isComplex,
  grade: ((customer.stage === 'known' ? customer.profile.GRADE : undefined) ?? 'REGULAR') as CustomerGrade,
});

/** To come, and by the SLA; a deadline that has passed already can be kept by nobody and forbids nothing (SYS-15.3). */
const assertFirstResponse = (
  of: Facts,
  due: string | undefined,
  before: string | undefined,
  { known, now }: Asked,
): void => {
  if (isAnswered(of) || (due !== undefined && due === before)) return;
  if (due === undefined)
    return reject('FIRST_RESPONSE_MISSING', 'firstResponseDue', 'say until when the customer hears from us');
  if (due <= now)
    reject('FIRST_RESPONSE_IN_PAST', 'firstResponseDue', 'the first response lies in the future');
  const by = firstResponseBy(of, known);
  if (by !== undefined && now <= by && due > by)
    refuse('LATER_THAN_SLA', 'the customer must hear from us earlier than that', { dueAt: by });
};
/** Since the customer waits: after a solution that did not satisfy they are to hear from us again (SLA-2ND). */
const isAnswered = ({ again, answeredRound = 0 }: Facts): boolean => answeredRound >= (again?.round ?? 1);

/** Until when the customer has to hear from us: as long as the clock says that runs; undefined: nobody waits by a rule (2.4). */
const firstResponseBy = (of: Facts, known: Asked['known']): string | undefined => {
  const clock = clockIn(of, known.clocks);
  if (clock && isRunning(clock)) return clock.times.dueAt;
  return clock ? undefined : ruledFirstResponse(of, known);
};
/** Of this round: what became of an earlier one says nothing of when the customer is to hear from us now. */
const clockIn = ({ again }: Facts, clocks: SlaClocks): Clock | undefined => {
  const clock = lastClock(clocks, 'FIRST_RESPONSE');
  return clock && (again === undefined || clock.opening.at >= again.at) ? clock : undefined;
};
/** Where no clock runs yet, and none ever will for what another system brought: as the rules say for what is known now. */
const ruledFirstResponse = (of: Facts, { customer, value, rulebook }: Asked['known']): string | undefined => {
  const { urgency, isEnquiry, raisedAt, again } = of;
  const about = { urgency, isEnquiry, ...present({ type: of.type, quadrant: of.priority }) };
  const afterSale = isAfterSaleProblem(of);
  const ticket = { ...about, afterSale, priorityCustomer: isPriority(customer, value.tier) };
  const since = again?.at ?? raisedAt;
  const { policy, calendar } = lawAt(rulebook, since);
  const starts = { [again ? 'DISSATISFIED' : 'RAISED']: since, ...channelIn(of, since) };
  return rulingsOf(ticket, starts, policy, calendar).FIRST_RESPONSE?.due;
};
/** Through a green channel the plan is due so soon that the first response is, too (R-12, 2.4 invariant 1). */
const channelIn = ({ green }: Facts, since: string) => {
  const { openedAt = '' } = green?.channel ?? {};
  return openedAt >= since ? { GREEN_CHANNEL_OPENED: openedAt } : {};
};

const WORDS: Readonly<Record<ScriptPart, 'openingWords' | 'coreWords' | 'objectionWords' | 'closingWords'>> =
  {
    ...{ OPENING: 'openingWords', CORE: 'coreWords', OBJECTION: 'objectionWords', CLOSING: 'closingWords' },
  };
const PARTS = Object.keys(WORDS) as readonly ScriptPart[];
const NO_WORDS = {
  ...{ openingWords: undefined, coreWords: undefined, objectionWords: undefined, closingWords: undefined },
  scripts: undefined,
};

/** Script points, their words apart, where they can be sealed; several of one part are lines of it (SYS-15.8). */
const saidIn = (points: readonly WantedScriptPoint[]) => {
  if (points.some(({ text, scriptId }) => text === undefined && scriptId === undefined))
    return reject('SCRIPT_POINT_EMPTY', 'scriptPoints', 'a script point has a text or names a script');
  const scripts = points.flatMap(({ part, scriptId }) =>
    scriptId === undefined ? [] : [{ part, scriptId }],
  );
  const words = PARTS.flatMap((part) => {
    const lines = points.flatMap((point) => (point.part === part ? (point.text ?? []) : []));
    return lines.length === 0 ? [] : [[WORDS[part], lines.join('\n')] as const];
  });
  return {
    ...(Object.fromEntries(words) as Partial<Record<(typeof WORDS)[ScriptPart], string>>),
    ...(scripts.length > 0 && { scripts }),
    adHoc: words.length > 0,
  };
};
const partsIn = (said: Partial<Wanted>): ReadonlySet<ScriptPart> =>
  new Set([
    ...PARTS.filter((part) => said[WORDS[part]] !== undefined),
    ...(said.scripts ?? []).map(({ part }) => part),
  ]);
