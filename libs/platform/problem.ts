import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import {
  Contended,
  Invalid,
  NoHistory,
  Refusal,
  StorageUnavailable,
  SubjectForgotten,
  Unavailable,
} from '@rapport/kernel';

/** RFC 9457: what went wrong, in a form that programs can read. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [more: string]: unknown;
}
type More = Readonly<Record<string, unknown>>;

/** The edge says no: the message is for the sender. */
export class EdgeProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: More = {},
  ) {
    super(message);
  }
}

/** Nobody knows whether the command was carried out: sent again under its id it is carried out once and answered. */
export const outcomeUnknown = (commandId: string): EdgeProblem =>
  new EdgeProblem(
    503,
    'OUTCOME_UNKNOWN',
    'the log did not answer: send the same command again with this id as its idempotency key',
    { commandId, retryAfter: UNAVAILABLE_RETRY_SECONDS },
  );

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
/** Seconds after which a command that met other writers may try again. */
const CONTENDED_RETRY_SECONDS = 1;
/** The same where the log itself is away, or rows and keys are. */
const UNAVAILABLE_RETRY_SECONDS = 5;

/** Every error as problem details. A fault says nothing of what is inside: only an id under which the log has the rest. */
export const problemOf = (error: unknown): ProblemDetails => {
  if (error instanceof Invalid) return invalid(error);
  if (error instanceof Refusal) return refused(error);
  if (error instanceof EdgeProblem) return details(error.status, error.code, error.message, error.more);
  if (error instanceof NoHistory) return details(400, 'NO_HISTORY', error.message, { models: error.models });
  if (error instanceof Contended)
    return details(503, 'CONTENDED', 'other writers were faster each time: nothing was stored, try again', {
      retryAfter: CONTENDED_RETRY_SECONDS,
    });
  if (error instanceof StorageUnavailable)
    return details(503, 'STORAGE_UNAVAILABLE', 'rows and keys cannot be reached at the moment: ask again', {
      retryAfter: UNAVAILABLE_RETRY_SECONDS,
    });
  if (error instanceof Unavailable)
    return details(503, 'LOG_UNAVAILABLE', 'the log cannot be reached at the moment: ask again', {
      retryAfter: UNAVAILABLE_RETRY_SECONDS,
    });
  if (error instanceof SubjectForgotten) return details(409, 'SUBJECT_FORGOTTEN', error.message);
  if (error instanceof HttpException) return ofTheFramework(error);
  return details(500, 'FAULT', 'something broke here: the log has it under this id', { id: randomUUID() });
};

const details = (status: number, code: string, detail: string, more: More = {}): ProblemDetails => ({
  type: `urn:rapport:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  ...{ title: TITLES[status] ?? 'Error', status, code, detail },
  ...more,
});

const invalid = ({ problems }: Invalid): ProblemDetails => {
  const fields = [...new Set(problems.map(({ field }) => field))].join(', ');
  return details(400, 'INVALID', `not well-formed: ${fields}`, { errors: problems });
};
const refused = ({ because, code, message, detail }: Refusal): ProblemDetails =>
  details(because === 'state' ? 409 : 422, code, message, { ...withoutReserved(detail) });

/** What a refusal adds never hides what the answer itself must say. */
const withoutReserved = (more: More): More =>
  Object.fromEntries(Object.entries(more).filter(([name]) => !RESERVED.has(name)));
const RESERVED = new Set(['type', 'title', 'status', 'code', 'detail']);

const ofTheFramework = (error: HttpException): ProblemDetails => {
  const status = error.getStatus();
  const code = CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'FAULT');
  return details(status, code, DETAILS[status] ?? error.message);
};
const CODES: Readonly<Record<number, string>> = {
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'WRONG_CONTENT_TYPE',
};
const DETAILS: Readonly<Record<number, string>> = {
  413: 'the body is larger than this service takes',
  415: 'send application/json for one command, application/x-ndjson for many',
};
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused: things stand otherwise',
  413: 'Too large',
  415: 'Wrong content type',
  422: 'Refused: the input breaks a rule',
  500: 'Fault',
  503: 'Not now',
};
