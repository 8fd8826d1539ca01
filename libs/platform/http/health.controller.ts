import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Application } from '../application';
import { Freshness } from './freshness';
import { LOOPS, Metrics } from './metrics';
import { StopSign } from './stop-sign';

/** For those who run it: is it alive, may it be asked, and how is it doing? */
@Controller()
export class HealthController {
  private readonly freshness: Freshness;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(StopSign) private readonly stop: StopSign,
  ) {
    this.freshness = new Freshness(application);
  }

  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /** 503 until everything has been read once, when a loop has failed, and while the service stops. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const loops = Object.fromEntries(LOOPS.map((name) => [name, stateOf(this.application[name])]));
    const waiting = Object.entries(loops).filter(([, state]) => state !== 'caught up');
    const reasons = waiting.map(([name, state]) => `${name}: ${state}`);
    if (this.stop.isUp) reasons.push('the service is stopping');
    const fresh = await this.freshness.of([]);
    if (reasons.length > 0) void reply.status(503);
    return { status: reasons.length === 0 ? 'ready' : 'not ready', reasons, loops, ...fresh };
  }

  @Get('metrics')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    const { registry } = this.metrics;
    const text = await registry.metrics();
    void reply.header('content-type', registry.contentType).send(text);
  }
}

interface Loop {
  readonly caughtUp: boolean;
  readonly error: unknown;
}
const stateOf = ({ caughtUp, error }: Loop): 'caught up' | 'replaying' | 'failed' => {
  if (error !== null) return 'failed';
  return caughtUp ? 'caught up' : 'replaying';
};
