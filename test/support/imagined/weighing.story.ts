import {
  AnalyseTicket,
  OfferAlternative,
  PrioritiseTicket,
  RecordAlternativeAnswer,
  ReviseCommunicationStrategy,
  ScheduleTicketInPlan,
  SetCommunicationStrategy,
  SyncProgress,
  TellVerdict,
} from '@rapport/domain/commands';
import { hydrate } from '@rapport/kernel';
import {
  Department,
  PeopleNeeded,
  ToldResources,
  WantedNode,
  WantedScriptPoint,
} from '@rapport/domain/values';
import { DAY, HOUR, instant } from './calendar';
import { SUPERVISORS, words } from './cast';
import { send, wait, type Story } from './story';
import type { Case } from './ticket.story';

const SOOTHING = ['SOOTHE', 'APOLOGISE_AND_EXPLAIN', 'PROMISE_FOLLOW_UP'] as const;
const DEPARTMENTS = Object.keys(Department) as readonly Department[];

/** A need is weighed, ranked and planned, and it is settled how the customer is talked to; most needs need less. */
export function* weighingStory(of: Case): Story {
  const { dice } = of.stage;
  yield wait(untilNoon(of.stage.now()));
  yield* analysed(of);
  yield* ranked(of);
  if (dice.chance(0.8)) yield* talked(of);
  if (dice.chance(0.4)) yield wait(dice.lognormal(20 * DAY, 0.5)); // what is developed takes weeks
}

function* analysed({ ticketId, stage }: Case): Story {
  const { dice, now } = stage;
  const by = dice.of(SUPERVISORS);
  const verdict = dice.weighed([
    [0.6, 'YES'],
    [0.25, 'PARTIAL'],
    [0.15, 'NO'],
  ] as const);
  const isYes = verdict === 'YES';
  const need = { department: dice.skewed(DEPARTMENTS), people: dice.int(1, 4) };
  const budget = { minor: dice.int(0, 200) * 10_000, currency: 'CNY' };
  yield send(
    AnalyseTicket.of({
      ...{ ticketId, verdict, inScope: true, matchesIndustryNorm: isYes, operable: isYes },
      ...(!isYes && { reason: words(dice), alternative: 'a template meanwhile' }),
      suggestionCode: isYes ? 'IMMEDIATELY_SATISFIABLE' : 'NEEDS_COORDINATION',
      ...{ suggestionText: words(dice), responsibleDepartment: need.department, analystId: by.id },
      resources: hydrate(ToldResources, { people: [hydrate(PeopleNeeded, need)], budget }),
      analysedOn: dayAt(now()),
    }),
    by,
  );
  if (isYes) return;
  yield send(TellVerdict.of({ ticketId, toldAt: instant(now()), interactionId: dice.uuid() }), by);
  const offer = { ticketId, alternativeId: 'a-1' };
  yield send(OfferAlternative.of({ ...offer, alternative: words(dice), offeredAt: instant(now()) }), by);
  yield wait(dice.lognormal(4 * HOUR, 0.8));
  const answer = dice.chance(0.7)
    ? { answer: 'ACCEPTED' as const }
    : { answer: 'REJECTED' as const, insists: dice.chance(0.5) };
  yield send(RecordAlternativeAnswer.of({ ...offer, ...answer, answeredAt: instant(now()) }), by);
}

/** What is important finds its place in a plan, mostly in time. */
function* ranked({ ticketId, stage }: Case): Story {
  const { dice, now } = stage;
  const by = dice.of(SUPERVISORS);
  const important = dice.chance(0.5);
  const scores = { impact: dice.int(10, 100), returnOnCost: dice.int(10, 100) };
  const weight = { urgent: dice.chance(0.15), important };
  if (!(yield send(PrioritiseTicket.of({ ticketId, ...weight, ...scores }), by))) return;
  if (!important) return;
  yield wait(dice.lognormal(10 * HOUR, 0.8));
  const period = dayAt(now()).slice(0, 7);
  yield send(ScheduleTicketInPlan.of({ ticketId, kind: 'MONTHLY', period }), by);
}

/** Two times are agreed; the customer hears from us at the first of them, and the other is moved. */
function* talked({ ticketId, by, stage, isComplaint }: Case): Story {
  const { dice, now } = stage;
  const goals = isComplaint ? SOOTHING : (['SYNC_PROGRESS'] as const);
  const node = (content: string, dueAt: number) =>
    hydrate(WantedNode, { content, dueAt: instant(dueAt), agreedWithCustomer: true });
  const [first, second] = [now() + dice.lognormal(DAY, 0.3), now() + 7 * DAY];
  const said = (['OPENING', 'CORE', 'CLOSING'] as const).map((part) =>
    hydrate(WantedScriptPoint, { part, text: words(dice) }),
  );
  const isSet = yield send(
    SetCommunicationStrategy.of({
      ...{ ticketId, goals, modes: ['PHONE', 'EMAIL', 'ONLINE_MEETING'], ownerId: by.id },
      ...{ keyNodes: [node('how it stands', first), node('what is left', second)], scriptPoints: said },
      ...{ nextAction: 'call', nextActionAt: instant(first), riskTrigger: 'insists on the first wish' },
      ...{ riskAction: 'a detailed plan', riskDepartment: dice.skewed(DEPARTMENTS) },
      ...{ valuePoint: words(dice), opportunityCheck: words(dice) },
    }),
    by,
  );
  if (!isSet) return;
  yield wait(first - now() - HOUR * dice.next());
  const next = { nextStep: 'look into it', nextAt: instant(second), interactionId: dice.uuid() };
  yield send(SyncProgress.of({ ticketId, text: words(dice), ...next }), by);
  if (dice.chance(0.7)) return;
  const keyNodes = [node('what is left', now() + 5 * DAY)];
  yield send(ReviseCommunicationStrategy.of({ ticketId, reason: 'asked for another day', keyNodes }), by);
}

/** At noon in Greenwich it is the same day almost everywhere. */
const untilNoon = (ms: number): number => DAY - ((ms + DAY / 2) % DAY);
const dayAt = (ms: number): string => instant(ms).slice(0, 10);
