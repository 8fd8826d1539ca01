import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Unavailable } from '@rapport/kernel';
import { Application } from '../application';
import { Freshness, type Fresh } from './freshness';
import { Metrics } from './metrics';
import { StopSign } from './stop-sign';

/** Who asks whether it may be asked will not wait for long: so long the log and the rows are given for their answers. */
const ANSWER_MS_MAX = 2_000;
/** A checkpoint that nobody has: asked for, to hear whether rows answer. */
const NOBODY = 'nobody';

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

  /** 503 until everything has been read once, when a loop has failed, while the log or the rows are away, and while the service stops. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const all = [...this.application.loops];
    const waiting = all.filter(([, { caughtUp, error }]) => !caughtUp || error !== null);
    const reasons = waiting.map(([name, { state }]) => `${name}: ${state}`);
    const [fresh, rows] = await Promise.all([answer(this.fresh()), answer(this.rowsAnswer())]);
    if (!rows) reasons.push('rows and keys cannot be reached');
    else if (!fresh) reasons.push('the log cannot be reached');
    if (this.stop.isUp) reasons.push('the service is stopping');
    if (reasons.length > 0) void reply.status(503);
    const loops = Object.fromEntries(all.map(([name, { state }]) => [name, state]));
    return { status: reasons.length === 0 ? 'ready' : 'not ready', reasons, loops, ...fresh };
  }

  @Get('metrics')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    const { registry } = this.metrics;
    const text = await registry.metrics();
    void reply.header('content-type', registry.contentType).send(text);
  }

  private async fresh(): Promise<Fresh> {
    return this.freshness.at(await this.application.position());
  }
  private async rowsAnswer(): Promise<true> {
    await this.application.rows.position(NOBODY);
    return true;
  }
}

/** Null where there is none for now, or none in time. */
const answer = async <T>(asked: Promise<T>): Promise<T | null> => {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), ANSWER_MS_MAX)));
  const answered = asked.catch((error: unknown) => {
    if (error instanceof Unavailable) return null;
    throw error;
  });
  return Promise.race([answered, patience]).finally(() => clearTimeout(late));
};
