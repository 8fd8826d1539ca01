import {
  ConfirmCommitmentInWriting,
  FulfilCommitment,
  MakeCommitment,
  RescheduleCommitment,
  WithdrawCommitment,
} from '@rapport/domain/commands';
import { DAY, HOUR, instant } from './calendar';
import { DEPARTMENTS, SPECIALISTS, words } from './cast';
import { send, wait, type Stage, type Story } from './story';

const KINDS = ['RESOLUTION_TIME', 'DELIVERY', 'FEEDBACK_TIME', 'FEEDBACK_TIME', 'COMPENSATION'] as const;

/** Something is promised to a customer; most of it is kept, some is agreed anew, taken back, broken or done too late. */
export function* promiseStory(stage: Stage, customerId: string, ticketId?: string): Story {
  const { dice, world } = stage;
  const commitmentId = `P-${stage.number('promise')}`;
  const by = dice.skewed(SPECIALISTS);
  const due = stage.now() + dice.lognormal(3 * DAY, 0.9) + HOUR;
  const isWritten = dice.chance(0.6);
  const made = yield send(
    MakeCommitment.of({
      ...{ commitmentId, customerId, makerId: by.id, department: dice.skewed(DEPARTMENTS) },
      kind: dice.of(KINDS),
      ...{ text: words(dice), channel: dice.of(['PHONE', 'EMAIL', 'WECOM'] as const), dueAt: instant(due) },
      ...(isWritten && { writtenId: dice.uuid() }),
      ...(ticketId !== undefined && { ticketId }),
    }),
    by,
  );
  if (!made) return;
  if (!isWritten && dice.chance(0.75)) {
    yield wait(dice.lognormal(2 * HOUR, 0.8));
    yield send(ConfirmCommitmentInWriting.of({ commitmentId, writtenId: dice.uuid() }), by);
  }
  yield* ending(stage, commitmentId, due, by);
  world.forget(`commitment-${commitmentId}`);
}

function* ending(stage: Stage, commitmentId: string, due: number, by: (typeof SPECIALISTS)[number]): Story {
  const { dice } = stage;
  const how = dice.weighed([
    [0.74, 'kept'],
    [0.08, 'moved'],
    [0.05, 'withdrawn'],
    [0.09, 'late'],
    [0.04, 'broken'],
  ] as const);
  const left = Math.max(0, due - stage.now());
  if (how === 'broken') return yield* forgotten(stage, due);
  if (how === 'withdrawn') {
    yield wait(left * dice.next());
    yield send(WithdrawCommitment.of({ commitmentId, reason: 'no longer wanted' }), by);
    return;
  }
  if (how === 'moved') {
    yield wait(left * dice.next() * 0.8);
    const dueAt = instant(due + dice.lognormal(2 * DAY, 0.6));
    yield send(RescheduleCommitment.of({ commitmentId, dueAt, agreementId: dice.uuid() }), by);
  }
  yield wait(how === 'late' ? left + dice.lognormal(DAY, 0.8) : left * (0.4 + 0.6 * dice.next()));
  yield send(FulfilCommitment.of({ commitmentId, evidenceId: dice.uuid() }), by);
}

/** The product itself notes that it was broken. */
function* forgotten(stage: Stage, due: number): Story {
  yield wait(due - stage.now() + DAY);
}
