import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Actor, Envelope } from '@rapport/kernel';
import { EdgeProblem } from '../problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as far as the edge has made sure of it. */
    actor: Actor;
    correlationId: string;
  }
}

const TOKEN = /^[\x21-\x7e]{1,200}$/;
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}/;
const SOURCE_MAX = 80;
const REASON_MAX = 500;

/** What the headers say of one command. `X-Reason` and `X-Source` may be percent-encoded UTF-8. */
export const envelopeOf = (request: FastifyRequest, now: string, commandId: string): Envelope => {
  const { headers, actor, correlationId } = request;
  const reason = words(headers, 'x-reason', REASON_MAX);
  const { traceparent } = headers;
  return {
    ...{ commandId, correlationId, actor, now },
    source: words(headers, 'x-source', SOURCE_MAX) ?? 'http',
    ...(reason !== undefined && { reason }),
    ...(typeof traceparent === 'string' && TRACEPARENT.test(traceparent) && { traceparent }),
  };
};

export const idempotencyKeyOf = ({ headers }: FastifyRequest): string | undefined =>
  token(headers, 'idempotency-key');
export const correlationIdOf = (headers: IncomingHttpHeaders): string =>
  token(headers, 'x-correlation-id') ?? randomUUID();

const token = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const text = headers[name];
  if (text === undefined) return undefined;
  if (typeof text === 'string' && TOKEN.test(text)) return text;
  throw new EdgeProblem(400, 'BAD_HEADER', `${name} must be 1 to 200 visible ASCII characters`);
};

const words = (headers: IncomingHttpHeaders, name: string, max: number): string | undefined => {
  const raw = headers[name];
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  const text = decoded(raw);
  if (text.length > max)
    throw new EdgeProblem(400, 'BAD_HEADER', `${name} must have at most ${max} characters`);
  return text;
};
const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
};
