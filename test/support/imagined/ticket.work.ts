import {
  AcknowledgeTicket,
  AmendTicketDetails,
  AssignLeadDepartment,
  AssignTicketOwner,
  AttachToTicket,
  ChangeTicketUrgency,
  ClassifyTicket,
  PresentPlan,
  RecordExecutionStep,
  RecordFirstResponse,
  ResumeTicket,
  SplitTicket,
  WaitForCustomer,
  WithdrawTicket,
} from '@rapport/domain/commands';
import type { SplitPart } from '@rapport/domain/values';
import { DAY, HOUR, instant, MINUTE } from './calendar';
import { DEPARTMENTS, SPECIALISTS, SUPERVISORS, words } from './cast';
import { departmentsStory } from './departments.story';
import { deviationStory } from './deviation.story';
import { escalationStory } from './escalation.story';
import { promiseStory } from './promise.story';
import { begin, send, wait, type Chapter, type Story } from './story';
import type { Case } from './ticket.story';
import { weighingStory } from './weighing.story';

/** From the registration to the eve of the solution; false: the customer took the need back. */
export function* handled(of: Case): Chapter<boolean> {
  yield* takenUp(of);
  yield* answered(of);
  const { dice } = of.stage;
  if (dice.chance(0.5)) yield* weighingStory(of);
  if (dice.chance(0.03)) {
    yield wait(dice.lognormal(DAY, 0.8));
    yield send(WithdrawTicket.of({ ticketId: of.ticketId, reason: 'no longer needed' }), of.by);
    return false;
  }
  yield* workedOn(of);
  return true;
}

/** It is put into hands. */
function* takenUp(of: Case): Story {
  const { ticketId, by, isUnclassified } = of;
  const { dice, now } = of.stage;
  if (dice.chance(0.55)) {
    yield wait(dice.lognormal(12 * MINUTE, 0.9));
    yield send(AcknowledgeTicket.of({ ticketId, acknowledgedAt: instant(now()) }), by);
  }
  if (isUnclassified || dice.chance(0.05)) {
    yield wait(dice.lognormal(20 * MINUTE, 0.8));
    const type = dice.of(['SERVICE', 'FUNCTIONAL', 'COOPERATION'] as const);
    yield send(ClassifyTicket.of({ ticketId, type, isEnquiry: dice.chance(0.2) }), by);
  }
  yield wait(dice.lognormal(15 * MINUTE, 1));
  yield send(AssignLeadDepartment.of({ ticketId, department: dice.skewed(DEPARTMENTS) }), by);
  if (dice.chance(0.8)) yield* taken(of);
  if (dice.chance(0.01)) yield* splitUp(of);
}

/** By whoever took it in; of a VIP somebody else has to name that person. */
function* taken({ ticketId, by, stage }: Case): Story {
  const own = AssignTicketOwner.of({ ticketId, ownerId: by.id });
  if (!(yield send(own, by))) yield send(own, stage.dice.of(SUPERVISORS));
}

function* splitUp(of: Case): Story {
  const { ticketId, by, stage } = of;
  const isComplaint = stage.dice.chance(0.4);
  const complaint = { causes: ['SLOW_RESPONSE'], emotion: 'UPSET' } as const;
  const part = {
    ...{ ticketId: `T-${stage.number('ticket')}`, urgency: 'IMPORTANT', verbatim: words(stage.dice) },
    ...(isComplaint ? { type: 'COMPLAINT', complaint } : { type: 'SERVICE' }),
  } as SplitPart;
  if (yield send(SplitTicket.of({ ticketId, parts: [part], collectorId: by.id }), by))
    yield begin(of.part(part.ticketId, isComplaint));
}

function* answered({ stage, ticketId, by, isComplaint }: Case): Story {
  const { dice, now } = stage;
  yield wait(dice.lognormal(isComplaint ? 40 * MINUTE : 3 * HOUR, 1));
  const told = { respondedAt: instant(now()), direction: 'looked into', interactionId: dice.uuid() };
  yield send(RecordFirstResponse.of({ ticketId, responderId: by.id, ...told }), by);
}

/** What is done until there is a solution: nothing more, or up to a dozen things. */
function* workedOn(of: Case): Story {
  const { dice } = of.stage;
  for (let left = Math.min(STEPS_MAX, Math.floor(dice.exponential(2.8))); left > 0; left--) {
    yield wait(dice.lognormal(7 * HOUR, 1.1));
    yield* dice.weighed(DEEDS)(of);
  }
  if (dice.chance(0.1)) yield* departmentsStory(of);
  if (dice.chance(0.04)) yield* deviationStory(of);
  if (dice.chance(of.isComplaint ? 0.12 : 0.03)) yield* escalationStory(of);
  if (dice.chance(0.08)) yield begin(promiseStory(of.stage, of.customerId, of.ticketId));
}
const STEPS_MAX = 20;

function* step({ stage, ticketId, by }: Case): Story {
  const { dice, late, now } = stage;
  const executedAt = instant(now() - (dice.chance(2 * late) ? dice.exponential(3 * HOUR) : 0));
  const line = {
    ...{ ticketId, stage: dice.of(['analysis', 'repair', 'test', 'talk']), executedAt, executorId: by.id },
    ...{ progress: 'looked into and noted', nextNode: 'go on' },
    ...(dice.chance(0.3) && { customerFeedback: words(dice) }),
    ...(dice.chance(0.4) && { nextDue: instant(now() + dice.lognormal(DAY, 0.5)) }),
  };
  yield send(RecordExecutionStep.of(line), by);
}
function* waited({ stage, ticketId, by }: Case): Story {
  const { dice } = stage;
  yield send(WaitForCustomer.of({ ticketId, question: words(dice) }), by);
  yield wait(dice.lognormal(14 * HOUR, 1));
  yield send(ResumeTicket.of({ ticketId }), by);
}
function* planned({ stage, ticketId, by }: Case): Story {
  const summary = words(stage.dice);
  const options = [{ summary, readyAt: instant(stage.now() + 2 * DAY) }, { summary: 'a part on loan' }];
  yield send(PresentPlan.of({ ticketId, options, presentedAt: instant(stage.now()) }), by);
}
function* passedOn({ stage, ticketId, by }: Case): Story {
  const department = stage.dice.skewed(DEPARTMENTS);
  yield send(AssignLeadDepartment.of({ ticketId, department, reason: 'their matter' }), by);
}
function* handedOver({ stage, ticketId, by }: Case): Story {
  yield send(AssignTicketOwner.of({ ticketId, ownerId: stage.dice.skewed(SPECIALISTS).id }), by);
}
function* weighedAnew({ stage, ticketId, by }: Case): Story {
  const urgency = stage.dice.of(['URGENT', 'IMPORTANT', 'ROUTINE'] as const);
  yield send(ChangeTicketUrgency.of({ ticketId, urgency, reason: 'the customer called' }), by);
}
function* filed({ stage, ticketId, by }: Case): Story {
  const name = `picture-${stage.dice.int(1, 99_999)}.png`;
  yield send(AttachToTicket.of({ ticketId, attachment: { name, location: `/files/${name}` } }), by);
}
function* amended({ stage, ticketId, by }: Case): Story {
  yield send(AmendTicketDetails.of({ ticketId, expectedGoal: words(stage.dice) }), by);
}

const DEEDS: readonly (readonly [share: number, deed: (of: Case) => Story])[] = [
  [0.5, step],
  [0.14, waited],
  [0.09, planned],
  [0.09, passedOn],
  [0.06, handedOver],
  [0.03, weighedAnew],
  [0.05, filed],
  [0.04, amended],
];
