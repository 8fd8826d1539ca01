import {
  ArchiveTicket,
  CloseTicket,
  CloseUnconfirmed,
  ConfirmSatisfied,
  DeliverSolution,
  PresentPlan,
  RecordExecutionStep,
  RecordObjection,
  ReopenTicket,
  ReportDissatisfied,
  ResolveComplaint,
} from '@rapport/domain/commands';
import { DAY, HOUR, instant } from './calendar';
import { SUPERVISORS, words } from './cast';
import { send, wait, type Chapter, type Move, type Story } from './story';
import type { Case } from './ticket.story';

/** Rounds of one ticket: solved, not satisfied, solved again; closed and taken up again. */
const ROUNDS_MAX = 4;

/** The solution, the customer's word, the closing, and for some a new beginning. At last it is filed. */
export function* ended(of: Case): Story {
  const { dice } = of.stage;
  for (let round = 1; round <= ROUNDS_MAX; round++) {
    if (!(yield* solvedAndClosed(of))) return;
    if (!dice.chance(0.06)) break;
    yield wait(dice.lognormal(6 * DAY, 1));
    if (!(yield send(ReopenTicket.of({ ticketId: of.ticketId, reason: 'it is back' }), of.by))) break;
    yield* worked(of);
  }
  if (!dice.chance(0.6)) return;
  yield wait(30 * DAY + dice.exponential(15 * DAY));
  yield send(ArchiveTicket.of({ ticketId: of.ticketId }), dice.of(SUPERVISORS));
}

/** False: something else has happened to it meanwhile. */
function* solvedAndClosed(of: Case): Chapter<boolean> {
  const { ticketId, by, stage } = of;
  const { dice, now } = stage;
  for (let round = 1; ; round++) {
    yield wait(dice.lognormal(9 * HOUR, 1.2));
    const deliveredAt = instant(now() - (dice.chance(stage.late) ? dice.exponential(4 * HOUR) : 0));
    const solution = `Put right: ${words(dice)}`;
    if (!(yield send(DeliverSolution.of({ ticketId, solution, deliveredAt }), by))) return false;
    if (!dice.chance(0.8)) return yield* closedUnanswered(of);
    yield wait(dice.lognormal(20 * HOUR, 1));
    if (round === ROUNDS_MAX || dice.chance(0.91)) return yield* closedSatisfied(of);
    yield send(ReportDissatisfied.of({ ticketId, reason: words(dice) }), by);
    yield* worked(of);
    const options = [{ summary: words(dice) }];
    const plan = { options, presentedAt: instant(now()), cause: 'the part did not fit' };
    yield send(PresentPlan.of({ ticketId, ...plan }), by);
  }
}

function* closedSatisfied({ ticketId, by, stage, isComplaint }: Case): Chapter<boolean> {
  const { dice } = stage;
  if (isComplaint && dice.chance(0.06))
    yield send(RecordObjection.of({ ticketId, objection: words(dice), answer: 'as in the offer' }), by);
  yield send(ConfirmSatisfied.of({ ticketId, evidence: `call ${dice.int(1, 99_999)}` }), by);
  if (isComplaint && dice.chance(0.85)) yield send(ResolveComplaint.of({ ticketId, ...causeOf(dice) }), by);
  yield wait(dice.lognormal(5 * HOUR, 1));
  return yield* closedWhenKept(() => send(CloseTicket.of({ ticketId }), by));
}
/** What is still promised keeps it open: it is tried again when the promises will have come to their end. */
function* closedWhenKept(close: () => Move): Chapter<boolean> {
  for (let tries = 1; tries < TRIES_MAX; tries++) {
    if (yield close()) return true;
    yield wait(7 * DAY);
  }
  return yield close();
}
const TRIES_MAX = 4;
const causeOf = (dice: Case['stage']['dice']) =>
  dice.chance(0.8) ? { confirmedCause: 'a worn part' } : { causeNotNeeded: 'a single case' };

/** The product reminds after 3 and 7 days; after 14 a supervisor closes it. */
function* closedUnanswered({ ticketId, stage }: Case): Chapter<boolean> {
  yield wait(14 * DAY + stage.dice.exponential(2 * DAY) + HOUR);
  const by = stage.dice.of(SUPERVISORS);
  return yield* closedWhenKept(() => send(CloseUnconfirmed.of({ ticketId }), by));
}

function* worked({ ticketId, by, stage }: Case): Story {
  yield wait(stage.dice.lognormal(8 * HOUR, 1));
  const executedAt = instant(stage.now());
  const line = { ticketId, stage: 'repair', executedAt, executorId: by.id, progress: 'looked into again' };
  yield send(RecordExecutionStep.of({ ...line, nextNode: 'solve' }), by);
}
