import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Application } from '../application';
import { knownHead } from '../freshness';
import { haltsIn } from '../halts';
import type { SeenHead } from '../log-head';
import { Metrics } from './metrics';
import { StopSign } from './stop-sign';

/** For those who run it: is it alive, may it be asked, and how is it doing? */
@Controller()
export class HealthController {
  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(StopSign) private readonly stop: StopSign,
  ) {}

  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /**
   * 503 until everything has been read once, when a loop has failed, while nobody has seen the head of the log for too
   * long, and while the service stops. How far the loops are behind is told apart from how old the head is by which that
   * is measured: a short lag behind an old head means nothing. A model that is paused or stands still is named and does
   * not make the process unready: commands and all other questions are answered as ever.
   */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const all = [...this.application.loops];
    const waiting = all.filter(([, { caughtUp, error }]) => !caughtUp || error !== null);
    const reasons = waiting.map(([name, { state }]) => `${name}: ${state}`);
    const seen = await this.application.freshness.head.look();
    if (!seen || seen.isStale) reasons.push('the log cannot be reached');
    if (this.stop.isUp) reasons.push('the service is stopping');
    if (reasons.length > 0) void reply.status(503);
    const loops = Object.fromEntries(all.map(([name, { state }]) => [name, state]));
    const degraded = haltsIn(this.application);
    const status = reasons.length > 0 ? 'not ready' : degraded.length > 0 ? 'degraded' : 'ready';
    return { status, reasons, degraded, loops, ...(seen && (await this.lag(seen))) };
  }

  @Get('metrics')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    const { registry } = this.metrics;
    const text = await registry.metrics();
    void reply.header('content-type', registry.contentType).send(text);
  }

  private async lag(seen: SeenHead) {
    const fresh = await this.application.freshness.at(await this.application.position());
    return { ...fresh, head: fresh.head ?? knownHead(seen) };
  }
}
