import {
  AcceptDepartmentTask,
  AssignDepartmentTask,
  CancelDepartmentTask,
  CompleteDepartmentTask,
  DeclineDepartmentTask,
  HoldCoordinationMeeting,
  RuleResponsibility,
} from '@rapport/domain/commands';
import { Department } from '@rapport/domain/values';
import { DAY, HOUR, instant } from './calendar';
import { SENIORS } from './cast';
import { send, wait, type Story } from './story';
import type { Case } from './ticket.story';

const ALL = Object.keys(Department) as readonly Department[];

/** One department or two get a task; most take it on, some pass it on, and some quarrel until somebody rules. */
export function* departmentsStory(of: Case): Story {
  const { ticketId, by, stage } = of;
  const { dice, now } = stage;
  const department = dice.skewed(ALL);
  const others = ALL.filter((each) => each !== department);
  const duty = {
    duty: 'find the fault',
    output: 'a finding',
    dueAt: instant(now() + dice.lognormal(3 * DAY, 0.5)),
  };
  if (dice.chance(0.3)) {
    const duties = [department, dice.of(others)].map((each) => ({ ...duty, department: each }));
    yield send(HoldCoordinationMeeting.of({ ticketId, duties }), by);
  }
  const task = { ticketId, taskId: `task-${dice.int(1, 99_999)}` };
  if (!(yield send(AssignDepartmentTask.of({ ...task, ...duty, department }), by))) return;
  const who = yield* settled(of, task, department, dice.of(others));
  yield wait(dice.lognormal(DAY, 0.9));
  if (dice.chance(0.05))
    yield send(CancelDepartmentTask.of({ ...task, reason: 'it went away by itself' }), by);
  else yield send(CompleteDepartmentTask.of({ ...task, department: who, result: 'found and mended' }), by);
}

/** Who does it in the end. */
function* settled(
  { by, stage }: Case,
  task: { readonly ticketId: string; readonly taskId: string },
  first: Department,
  other: Department,
): Generator<ReturnType<typeof send>, Department, boolean> {
  const { dice } = stage;
  yield wait(dice.lognormal(2 * HOUR, 0.9));
  if (dice.chance(0.5)) {
    yield send(AcceptDepartmentTask.of({ ...task, department: first }), by);
    return first;
  }
  yield send(DeclineDepartmentTask.of({ ...task, department: first, proposed: other, reason: 'theirs' }), by);
  yield wait(dice.lognormal(2 * HOUR, 0.9));
  if (dice.chance(0.4)) {
    yield send(AcceptDepartmentTask.of({ ...task, department: other }), by);
    return other;
  }
  yield send(DeclineDepartmentTask.of({ ...task, department: other, proposed: first, reason: 'theirs' }), by);
  yield wait(dice.lognormal(2 * HOUR, 0.7));
  const department = dice.of([first, other]);
  yield send(RuleResponsibility.of({ ...task, department, reason: 'their part failed' }), dice.of(SENIORS));
  return department;
}
