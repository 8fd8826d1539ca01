import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Invalid, Refusal } from '@rapport/kernel';
import type { Application } from '../application';
import { Freshness } from './freshness';
import type { RouteNames } from './route-names';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures for Prometheus. Labels are names out of the program, never ids. */
export class Metrics {
  readonly registry = new Registry();
  private readonly http: Histogram<'method' | 'route' | 'status'>;
  private readonly commands: Counter<'type' | 'outcome'>;

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
    measureLoops(application, registers);
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
  return error instanceof Invalid ? 'invalid' : 'failed';
};

/** Positions and lag are read when somebody asks for the figures. */
const measureLoops = (application: Application, registers: Registry[]): void => {
  const freshness = new Freshness(application);
  new Gauge({
    ...{ name: 'rapport_projection_position', help: 'How far in the log a read model has read.' },
    ...{ labelNames: ['model'] as const, registers },
    collect() {
      for (const { name } of application.plan.readModels)
        this.set({ model: name }, application.projections.position(name));
    },
  });
  new Gauge({
    ...{ name: 'rapport_projection_lag_events', help: 'Events in the log that a read model has not read.' },
    ...{ labelNames: ['model'] as const, registers },
    async collect() {
      for (const model of application.plan.readModels)
        this.set({ model: model.name }, (await freshness.of([model])).lag.events);
    },
  });
  new Gauge({
    ...{ name: 'rapport_loop_failed', help: '1 when a loop has stopped because of a fault.' },
    ...{ labelNames: ['loop'] as const, registers },
    collect() {
      for (const loop of LOOPS) this.set({ loop }, application[loop].error === null ? 0 : 1);
    },
  });
};
export const LOOPS = ['projections', 'reactions'] as const;
