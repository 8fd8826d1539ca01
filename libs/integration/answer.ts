import { Invalid, Refusal, SubjectForgotten, type CommandResult, type Delivery } from '@rapport/kernel';
import type { Outgoing } from './dead-letter';
import { COMMAND_RESULTS } from './topics';

/** What became of a command. `repeated`: it had been carried out before, and this is its first answer. */
export type Outcome = 'done' | 'repeated' | 'refused' | 'invalid' | 'failed';

/** The same as over HTTP: what went wrong, in a form that programs can read. */
export interface AnswerProblem {
  readonly code: string;
  readonly detail: string;
  readonly [more: string]: unknown;
}
/** The value of a message on the topic of results. */
export interface CommandAnswer {
  readonly commandId: string;
  readonly correlationId: string;
  readonly outcome: Outcome;
  /** With `done` and `repeated`: for `after=` when reading; it has no other meaning. */
  readonly position?: string;
  readonly revision?: number;
  /** What was stored. */
  readonly events?: readonly string[];
  /** With all others: why not. */
  readonly problem?: AnswerProblem;
}
type Asked = Pick<CommandAnswer, 'commandId' | 'correlationId'>;

/** The edge says no before anybody decides. */
export class NotTaken extends Error {
  constructor(
    readonly outcome: 'refused' | 'invalid',
    readonly code: string,
    message: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const answerOf = (asked: Asked, result: CommandResult): CommandAnswer => ({
  ...asked,
  outcome: result.repeated ? 'repeated' : 'done',
  ...{ position: String(result.position), revision: result.revision, events: result.events },
});

export const failed = (asked: Asked, id: string): CommandAnswer => ({
  ...{ ...asked, outcome: 'failed' },
  problem: {
    code: 'FAULT',
    detail: 'something broke here: the log and the dead letter have it under this id',
    id,
  },
});

/** The answer that an error is; null when it is none but a fault, or has to be tried again. */
export const answerToError = (asked: Asked, error: unknown): CommandAnswer | null => {
  const no = (outcome: Outcome, code: string, detail: string, more: object = {}): CommandAnswer => ({
    ...{ ...asked, outcome, problem: { ...more, code, detail } },
  });
  if (error instanceof NotTaken) return no(error.outcome, error.code, error.message, error.more);
  if (error instanceof Invalid) return no('invalid', 'INVALID', fieldsOf(error), { errors: error.problems });
  if (error instanceof Refusal) return no('refused', error.code, error.message, error.detail);
  if (error instanceof SubjectForgotten) return no('refused', 'SUBJECT_FORGOTTEN', error.message);
  return null;
};
const fieldsOf = ({ problems }: Invalid): string =>
  `not well-formed: ${[...new Set(problems.map(({ field }) => field))].join(', ')}`;

/** Under the key of the command, so that whoever reads one aggregate reads its answers in order. */
export const answerMessage = ({ key }: Delivery, answer: CommandAnswer): Outgoing => ({
  topic: COMMAND_RESULTS.topic,
  message: {
    ...{ key, value: JSON.stringify(answer) },
    headers: {
      'content-type': 'application/json',
      'command-id': answer.commandId,
      'correlation-id': answer.correlationId,
      outcome: answer.outcome,
    },
  },
});
