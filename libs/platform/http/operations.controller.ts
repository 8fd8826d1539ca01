import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  assertValid,
  hydrate,
  Invalid,
  pauseModel,
  placeOrder,
  resumeModel,
  type Class,
  type Order,
  type RecordedEvent,
} from '@rapport/kernel';
import { Application } from '../application';
import { masking } from '../masked';
import { followerNamed, followersOf } from '../operations/followers';
import { orderOf } from '../operations/orders';
import { eventsOf, parkedEvents, parkedKeys } from '../operations/parked';
import { standingsOf } from '../operations/standings';
import { EdgeProblem } from '../problem';
import { plainObject } from './body-parsers';
import { DropParked, ParkedParams, PauseModel, RedriveParked, ResumeModel } from './operations.params';
import { operatorName, OperatorsOnly } from './operators';
import { namesOf, readParams, split, unknownParams } from './reading-params';
import { mayReadPersonal } from './roles';

type QueryString = Readonly<Record<string, unknown>>;

/**
 * For operators: how read models and policies are doing, pausing them, and what becomes of events that they could not
 * read. What is asked for is kept and heeded by whoever keeps the model, in this process or another one.
 */
@Controller('operations')
@UseGuards(OperatorsOnly)
export class OperationsController {
  private readonly masked: (event: RecordedEvent) => object;

  constructor(@Inject(Application) private readonly application: Application) {
    this.masked = masking(application.plan.aggregates.map(({ events }) => events));
  }

  @Get('projections')
  async projections() {
    return { data: await standingsOf(this.application) };
  }
  @Get('projections/:model')
  async projection(@Param('model') name: string) {
    const only = followerNamed(this.application, name);
    const [data] = await standingsOf(this.application, { only, counting: true });
    return { data };
  }

  @Post('projections/:model/pause')
  @HttpCode(202)
  async pause(@Param('model') name: string, @Body() body: unknown, @Req() { actor }: FastifyRequest) {
    const { model } = followerNamed(this.application, name);
    const { reason, until } = bodyAs(PauseModel, body);
    if (until !== undefined && until <= new Date().toISOString()) throw untilPassed();
    const ends = until === undefined ? undefined : new Date(until);
    const pause = await pauseModel(this.application.rows, model, { by: operatorName(actor), reason }, ends);
    return { data: { model, ...pause } };
  }
  @Post('projections/:model/resume')
  @HttpCode(202)
  async resume(@Param('model') name: string, @Body() body: unknown, @Req() { actor }: FastifyRequest) {
    const { model } = followerNamed(this.application, name);
    const { reason } = bodyAs(ResumeModel, body);
    const wish = { by: operatorName(actor), ...(reason !== undefined && { reason }) };
    const pause = await resumeModel(this.application.rows, model, wish);
    return { data: { model, ...pause } };
  }

  @Get('parked')
  async parked(@Query() query: QueryString, @Req() { actor }: FastifyRequest) {
    const { own, others } = split(ParkedParams, query);
    if (Object.keys(others).length > 0) throw unknownParams('parked', others, namesOf(ParkedParams));
    const { model: name, key, limit, cursor: after } = readParams(ParkedParams, own);
    const model = name === undefined ? undefined : followerNamed(this.application, name).model;
    const page = { limit, after };
    if (key === undefined) {
      const models = model === undefined ? followersOf(this.application).map((one) => one.model) : [model];
      return paged(await parkedKeys(this.application.rows, models, page));
    }
    if (model === undefined) throw keyWithoutModel();
    const shown = mayReadPersonal(actor) ? ({ data }: RecordedEvent) => data : this.masked;
    return paged(await parkedEvents(this.application, { model, key }, page, shown));
  }

  @Post('parked/redrive')
  @HttpCode(202)
  redrive(@Body() body: unknown, @Req() { actor }: FastifyRequest) {
    const { model, key, reason = '' } = bodyAs(RedriveParked, body);
    return this.placed({ what: 'redrive', model, rowKey: key, by: operatorName(actor), reason });
  }
  @Post('parked/drop')
  @HttpCode(202)
  drop(@Body() body: unknown, @Req() { actor }: FastifyRequest) {
    const { model, key, reason } = bodyAs(DropParked, body);
    return this.placed({ what: 'drop', model, rowKey: key, by: operatorName(actor), reason });
  }
  @Get('orders/:id')
  async order(@Param('id') id: string) {
    const data = await orderOf(this.application.rows, id);
    if (data) return { data };
    throw new EdgeProblem(404, 'NO_SUCH_ORDER', 'no order was placed under this id');
  }

  private async placed(asked: Omit<Order, 'id'>) {
    const { rows } = this.application;
    const { model } = followerNamed(this.application, asked.model);
    const events = await eventsOf(rows, model, asked.rowKey);
    if (events === 0) throw new EdgeProblem(404, 'NOTHING_PARKED', 'nothing is parked under this key');
    const id = await placeOrder(rows, { ...asked, model });
    return { data: { ...(await orderOf(rows, id)), events } };
  }
}

/** Throws `Invalid`. */
const bodyAs = <T extends object>(messageClass: Class<T>, body: unknown): T => {
  const read = hydrate(messageClass, plainObject(body));
  assertValid(read);
  return read;
};
const paged = ({ found, next }: { readonly found: readonly object[]; readonly next: string | null }) => ({
  data: found,
  meta: { ...(next !== null && { next }) },
});
const untilPassed = () =>
  new EdgeProblem(422, 'UNTIL_PASSED', 'until lies in the past: the pause would be over already', {
    field: 'until',
  });
const keyWithoutModel = () =>
  new Invalid([{ field: 'model', rule: 'required', message: 'model is needed where a key is given' }]);
