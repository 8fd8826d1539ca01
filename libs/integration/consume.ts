import {
  hydrate,
  type Actor,
  type Class,
  type CommandResult,
  type Delivery,
  type Envelope,
  type Rules,
} from '@rapport/kernel';
import { answerMessage, answerOf, answerToError, failed, NotTaken, type CommandAnswer } from './answer';
import { commandIdIn, commandMessageIn, objectIn, Undecodable, type CommandMessage } from './command-message';
import { deadLetter, type Reason } from './dead-letter';
import type { Dealt, Handling } from './intake';
import { COMMANDS_DEAD } from './topics';

/** A command and the aggregate that decides it. */
export interface Commanded {
  readonly messageClass: Class;
  readonly of: Rules;
}
/** What commands are carried out with: the same as over HTTP. */
export interface CommandParts {
  /** Validates and decides. Throws `Invalid`, `Refusal`, `SubjectForgotten`, `Unavailable`. */
  readonly execute: (command: object, envelope: Envelope) => Promise<CommandResult>;
  readonly commands: ReadonlyMap<string, Commanded>;
  /** Whether somebody in this role may send commands at all. */
  readonly maySend: (actor: Actor) => boolean;
  readonly now: () => string;
}
type Raw = ReturnType<typeof objectIn>;

/** Carries commands out and answers them, those of one key in order. What has no id to be answered under is a dead letter. */
export const commandHandling = (parts: CommandParts): Handling => ({
  laneOf: ({ key }) => key,
  deal: (delivery) => deal(parts, delivery),
  onFault,
});

const deal = async (parts: CommandParts, delivery: Delivery): Promise<Dealt> => {
  try {
    const raw = objectIn(delivery.value);
    return answered(delivery, await answerTo(parts, delivery, raw, commandIdIn(raw)));
  } catch (error) {
    if (error instanceof Undecodable) return dead(delivery, { code: error.code, detail: error.message });
    throw error;
  }
};

/** The sender is told, and the message is kept: the bug is ours, and the command can be sent again when it is mended. */
const onFault = (delivery: Delivery, id: string): Dealt => {
  const { say } = dead(delivery, {
    code: 'FAULT',
    detail: `something broke here: the log has it under ${id}`,
  });
  const raw = objectIn(delivery.value);
  const commandId = commandIdIn(raw);
  const answer = failed({ commandId, correlationId: correlationOf(raw, commandId) }, id);
  return { outcome: 'failed', say: [...say, answerMessage(delivery, answer)] };
};

const answered = (delivery: Delivery, answer: CommandAnswer): Dealt => ({
  ...{ outcome: answer.outcome, say: [answerMessage(delivery, answer)] },
});
const dead = (delivery: Delivery, reason: Reason): Dealt => ({
  ...{ outcome: 'dead-letter', say: [deadLetter(COMMANDS_DEAD.topic, delivery, reason)] },
});
const correlationOf = ({ correlationId }: Raw, commandId: string): string =>
  typeof correlationId === 'string' ? correlationId : commandId;

const answerTo = async (parts: CommandParts, delivery: Delivery, raw: Raw, commandId: string) => {
  const asked = { commandId, correlationId: correlationOf(raw, commandId) };
  try {
    const message = commandMessageIn(raw);
    const command = commandOf(parts, message, delivery.key);
    return answerOf(asked, await parts.execute(command, envelopeOf(message, delivery, parts.now())));
  } catch (error) {
    const answer = answerToError(asked, error);
    if (answer === null) throw error;
    return answer;
  }
};

const commandOf = (parts: CommandParts, { type, data, actor }: CommandMessage, key: string): object => {
  if (!parts.maySend(actor))
    throw new NotTaken('refused', 'ROLE_READS_ONLY', `${actor.role} may read, but not send commands`);
  const found = parts.commands.get(type);
  if (!found) throw new NotTaken('invalid', 'UNKNOWN_COMMAND', `there is no command ${type}`);
  const command = hydrate(found.messageClass, data);
  checkKey(found, command, key);
  return command;
};

/** Messages of one key keep their order: under another key than its aggregate's id a command could overtake others. */
const checkKey = ({ of }: Commanded, command: object, key: string): void => {
  const id: unknown = command[of.id as keyof object];
  if (typeof id === 'string' && id !== key)
    throw new NotTaken('invalid', 'KEY_MISMATCH', `the key of the message must be its ${of.id}`, {
      field: of.id,
    });
};

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const envelopeOf = (message: CommandMessage, { headers }: Delivery, now: string): Envelope => {
  const { commandId, correlationId, actor, source, reason } = message;
  const { traceparent } = headers;
  return {
    ...{ commandId, correlationId, actor, source, now },
    ...(reason !== undefined && { reason }),
    ...(traceparent !== undefined && TRACEPARENT.test(traceparent) && { traceparent }),
  };
};
