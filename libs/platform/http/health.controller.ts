import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Unavailable } from '@rapport/kernel';
import { Application } from '../application';
import { knownHead } from '../freshness';
import { haltsIn } from '../halts';
import { inTime } from '../in-time';
import type { SeenHead } from '../log-head';
import { Metrics } from './metrics';
import { StopSign } from './stop-sign';

/** Whoever asks whether it may be asked will not wait for long: so long rows are given for their answer. */
const ROWS_MS_MAX = 2_000;
const NOBODY = 'nobody';

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
   * long, while the rows do not answer, and while the service stops. How far the loops are behind is told apart from how
   * old the head is by which that is measured: a short lag behind an old head means nothing. A model that is paused or stands still is named and does
   * not make the process unready: commands and all other questions are answered as ever.
   */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const all = [...this.application.loops];
    const waiting = all.filter(([, { caughtUp, error }]) => !caughtUp || error !== null);
    const reasons = waiting.map(([name, { state }]) => `${name}: ${state}`);
    const [seen, rowsAnswer] = await Promise.all([this.application.freshness.head.look(), this.rowsAnswer()]);
    if (!seen || seen.isStale) reasons.push('the log cannot be reached');
    if (!rowsAnswer) reasons.push('rows and keys cannot be reached');
    if (this.stop.isUp) reasons.push('the service is stopping');
    if (reasons.length > 0) void reply.status(503);
    const loops = Object.fromEntries(all.map(([name, { state }]) => [name, state]));
    const degraded = haltsIn(this.application);
    const status = reasons.length > 0 ? 'not ready' : degraded.length > 0 ? 'degraded' : 'ready';
    return { status, reasons, degraded, loops, ...(seen && rowsAnswer && (await this.lag(seen))) };
  }

  @Get('metrics')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    const { registry } = this.metrics;
    const text = await registry.metrics();
    void reply.header('content-type', registry.contentType).send(text);
  }

  /** Asked for a checkpoint that nobody has: in a file always there, on a server not. */
  private async rowsAnswer(): Promise<boolean> {
    const asked = this.application.rows.position(NOBODY).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Unavailable) return false;
        throw error;
      },
    );
    return (await inTime(asked, ROWS_MS_MAX)) === true;
  }
  private async lag(seen: SeenHead) {
    const fresh = await this.application.freshness.at(await this.application.position());
    return { ...fresh, head: fresh.head ?? knownHead(seen) };
  }
}
