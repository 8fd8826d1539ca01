import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UseGuards,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertValid, hydrate, type Actor, type Class, type Projection } from '@rapport/kernel';
import { Application } from '../application';
import { UnknownFollower } from '../operations/followers';
import { namesNear } from '../near-names';
import { EdgeProblem } from '../problem';
import { RebuildJobs, type JobKind, type RebuildJob } from '../rebuild/jobs';
import { builtTold, comparedTold, switchedTold } from '../rebuild/told';
import { plainObject } from './body-parsers';
import { operatorName, OperatorsOnly } from './operators';
import { CompareModel, DiscardModel, RebuildModel, RollbackModel, SwitchModel } from './rebuild.params';
import { RequestLog } from './request-log';
import { mayReadPersonal } from './roles';

type Work = Parameters<RebuildJobs['begin']>[1];

/**
 * For operators: read models built anew beside the live ones, compared with them, put in their place and taken back. It
 * may take long, so the answer is a job, in this process, one at a time; what comes of it is asked under its address.
 */
@Controller('operations')
@UseGuards(OperatorsOnly)
export class RebuildController implements OnModuleDestroy {
  private readonly jobs: RebuildJobs;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(RequestLog) log: RequestLog,
  ) {
    this.jobs = new RebuildJobs(application, (error, problem) => log.fault(error, problem));
  }
  async onModuleDestroy(): Promise<void> {
    await this.jobs.close();
  }

  @Post('projections/:model/rebuild')
  @HttpCode(202)
  rebuild(
    @Param('model') model: string,
    @Body() body: unknown,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const wish = bodyAs(RebuildModel, body);
    return this.begun('rebuild', model, actor, reply, wish, async (rebuilds, how) => {
      const built = await rebuilds.build([this.named(model).name], { ...how, fresh: wish.fresh });
      return { ...built.map(builtTold)[0] };
    });
  }
  @Post('projections/:model/compare')
  @HttpCode(202)
  compare(
    @Param('model') model: string,
    @Body() body: unknown,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.begun('compare', model, actor, reply, bodyAs(CompareModel, body), async (rebuilds, how) => {
      const models = [this.named(model).name];
      await rebuilds.build(models, how);
      if (how.signal?.aborted) return {};
      return { ...(await rebuilds.compare(models, how)).map(comparedTold)[0] };
    });
  }
  @Post('projections/:model/switch')
  @HttpCode(202)
  switch(
    @Param('model') model: string,
    @Body() body: unknown,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { evenIfDifferent } = bodyAs(SwitchModel, body);
    return this.begun('switch', model, actor, reply, {}, async (rebuilds, how) => ({
      ...(await rebuilds.switch([this.named(model).name], { ...how, evenIfDifferent })).map(switchedTold)[0],
    }));
  }
  @Post('projections/:model/rollback')
  @HttpCode(202)
  rollback(
    @Param('model') model: string,
    @Body() body: unknown,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    bodyAs(RollbackModel, body);
    return this.begun('rollback', model, actor, reply, {}, async (rebuilds, how) => ({
      ...(await rebuilds.rollback([this.named(model).name], how)).map(switchedTold)[0],
    }));
  }
  @Post('projections/:model/discard')
  @HttpCode(202)
  discard(
    @Param('model') model: string,
    @Body() body: unknown,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { before } = bodyAs(DiscardModel, body);
    return this.begun('discard', model, actor, reply, {}, async (rebuilds) => ({
      discarded: await rebuilds.discard([this.named(model).name], before ? 'former' : 'copy'),
    }));
  }

  @Get('jobs')
  all(@Req() { actor }: FastifyRequest) {
    return { data: this.jobs.all.map((job) => shownTo(actor, job)) };
  }
  @Get('jobs/:id')
  one(@Param('id') id: string, @Req() { actor }: FastifyRequest) {
    return { data: shownTo(actor, this.job(id)) };
  }
  @Post('jobs/:id/stop')
  @HttpCode(202)
  stop(@Param('id') id: string, @Req() { actor }: FastifyRequest) {
    const job = this.job(id);
    if (!this.jobs.stop(id)) throw new EdgeProblem(409, 'JOB_ENDED', `the job has ended: it is ${job.state}`);
    return { data: shownTo(actor, job) };
  }

  private begun(
    what: JobKind,
    model: string,
    actor: Actor,
    reply: FastifyReply,
    how: { readonly threads?: number | undefined; readonly eventsPerSecond?: number | undefined },
    work: Work,
  ) {
    const { name } = this.named(model);
    const job = this.jobs.begin({ ...how, what, model: name, by: operatorName(actor) }, work);
    void reply.header('location', `/operations/jobs/${job.id}`);
    return { data: job };
  }
  private job(id: string): RebuildJob {
    const job = this.jobs.find(id);
    if (job) return job;
    throw new EdgeProblem(
      404,
      'NO_SUCH_JOB',
      'there is no job of this id in this process, or it is forgotten by now',
    );
  }
  private named(name: string): Projection {
    const { readModels } = this.application.plan;
    const found = readModels.find((model) => model.name === name || model.question === name);
    if (found) return found;
    throw new UnknownFollower(name, namesNear(name, readModels.map(({ question }) => question))); // prettier-ignore
  }
}

/** Throws `Invalid`. */
const bodyAs = <T extends object>(messageClass: Class<T>, body: unknown): T => {
  const read = hydrate(messageClass, plainObject(body));
  assertValid(read);
  return read;
};

interface Differing {
  readonly tables?: readonly { readonly examples: readonly { readonly key: string }[] }[];
}
/** Rows that differ may name a person: who may not read that sees which they are, and in which columns. */
const shownTo = (actor: Actor, job: RebuildJob): RebuildJob => {
  const { tables } = (job.report ?? {}) as Differing;
  if (!tables || mayReadPersonal(actor)) return job;
  const masked = tables.map((table) => ({ ...table, examples: table.examples.map(({ key }) => ({ key })) }));
  return { ...job, report: { ...job.report, tables: masked } };
};
