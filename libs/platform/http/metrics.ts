import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Invalid, Refusal, Unavailable, UnknownOutcome, type Position } from '@rapport/kernel';
import type { Application } from '../application';
import { measureFollowers } from './projection-metrics';
import { measureRebuilds } from './rebuild-metrics';
import type { RouteNames } from './route-names';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures for Prometheus. Labels are names out of the program, never ids. */
export class Metrics {
  readonly registry = new Registry();
  private readonly http: Histogram<'method' | 'route' | 'status'>;
  private readonly commands: Counter<'type' | 'outcome'>;
  private readonly messages: Counter<'topic' | 'outcome'>;

  constructor(
    application: Application,
    private readonly routes: RouteNames,
  ) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.http = new Histogram({
      ...{ name: 'rapport_http_request_duration_seconds', help: 'Time until an answer was sent.' },
      ...{ labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers },
    });
    this.commands = new Counter({
      ...{ name: 'rapport_commands_total', help: 'Commands by type and outcome.' },
      ...{ labelNames: ['type', 'outcome'], registers },
    });
    measureHead(application, registers);
    this.messages = new Counter({
      ...{ name: 'rapport_messages_total', help: 'Messages of others by topic and outcome.' },
      ...{ labelNames: ['topic', 'outcome'], registers },
    });
    measureLoops(application, registers);
    measureFollowers(application, registers);
    measureRebuilds(application, registers);
  }

  /** From here on these are among the figures. */
  countDrops(drops: { readonly count: number }): void {
    new Counter({
      ...{ name: 'rapport_subscription_drops_total', help: 'Subscriptions to the log that were dropped.' },
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(drops.count);
      },
    });
  }

  /** Counts what became of the messages of others. */
  messageCounter(): (topic: string, outcome: string) => void {
    return (topic, outcome) => this.messages.inc({ topic, outcome });
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    this.http.observe(
      { method: request.method, route: this.routes.of(request), status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  }
  countCommand(type: string, outcome: unknown): void {
    this.commands.inc({ type, outcome: typeof outcome === 'string' ? outcome : outcomeOf(outcome) });
  }
}

const outcomeOf = (error: unknown): string => {
  if (error instanceof Refusal) return 'refused';
  if (error instanceof Invalid) return 'invalid';
  if (error instanceof UnknownOutcome) return 'unknown';
  return error instanceof Unavailable ? 'unavailable' : 'failed';
};

const measureLoops = (application: Application, registers: Registry[]): void => {
  new Gauge({
    ...{ name: 'rapport_loop_failed', help: '1 when a loop has stopped because of a fault.' },
    ...{ labelNames: ['loop'] as const, registers },
    collect() {
      for (const [loop, { error }] of application.loops) this.set({ loop }, error === null ? 0 : 1);
    },
  });
  new Gauge({
    ...{ name: 'rapport_loop_lag_events', help: 'Events in the log that a loop has not read.' },
    ...{ labelNames: ['loop'] as const, registers },
    async collect() {
      const lagAt = lagsOf(application);
      for (const [name, loop] of application.loops) {
        const position = loop.position?.();
        const lag = position === undefined ? null : await lagAt(position);
        if (lag !== null) this.set({ loop: name }, lag);
      }
    },
  });
};

/** A lag behind a head that nobody has seen for long is no lag: the age says so. Infinite: it was never seen. */
const measureHead = ({ freshness }: Application, registers: Registry[]): void => {
  new Gauge({
    name: 'rapport_log_head_age_seconds',
    help: 'How long ago the head of the log was last seen: every lag is measured by it.',
    registers,
    async collect() {
      this.set((await freshness.head.look())?.seenSecondsAgo ?? Number.POSITIVE_INFINITY);
    },
  });
};

/**
 * Most stand at the same place: each place is asked for once, since a log elsewhere reads to count. Null while the log is
 * away: then the figure stays what it was, and the age of the head tells how old it is.
 */
const lagsOf = ({ freshness }: Application) => {
  const known = new Map<Position, Promise<number | null>>();
  return (position: Position): Promise<number | null> => {
    const lag = known.get(position) ?? freshness.eventsAfter(position);
    known.set(position, lag);
    return lag;
  };
};
