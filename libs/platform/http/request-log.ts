import type { LoggerService } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ProblemDetails } from '../problem';
import type { RouteNames } from './route-names';

/** Asked every few seconds by machines: only of interest when somebody looks for it. */
const QUIET: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** One line a request: no bodies, no addresses, no personal data. */
export class RequestLog {
  constructor(
    private readonly log: Logger,
    private readonly routes: RouteNames,
  ) {}

  answered(request: FastifyRequest, reply: FastifyReply): void {
    const route = this.routes.of(request);
    const level = QUIET.has(route) ? 'debug' : 'info';
    if (!this.log.isLevelEnabled(level)) return;
    const { method, correlationId } = request;
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    this.log[level]({ method, route, status: reply.statusCode, ms, correlationId }, 'answered');
  }

  /** A bug or a broken world: all that is known of it, under the id that the sender was given. */
  fault(error: unknown, { id, code }: ProblemDetails, correlationId?: string): void {
    this.log.error({ err: error, code, ...(id !== undefined && { id }), correlationId }, 'fault');
  }
}

/** Nest speaks through the same log; of its chatter only what is wrong. */
export const nestLoggerOn = (log: Logger): LoggerService => ({
  log: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown, stack?: unknown) => log.error({ stack }, String(message)),
});
