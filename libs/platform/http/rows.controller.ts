import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { PastReader, type Projection, type Row } from '@rapport/kernel';
import { Answering, ReadingParams, type ReadingMeta } from '../answering';
import { Application } from '../application';
import { namesNear } from '../near-names';
import { EdgeProblem } from '../problem';
import { Settings } from '../settings';
import { ListParams, namesOf, notFound, readParams, split, unknownParams } from './reading-params';
import { cursorAfter, selectionOf } from './selection';

type QueryString = Readonly<Record<string, unknown>>;

/** Every answer says what it rests on. */
export interface Meta extends ReadingMeta {
  /** `churn-risk@2` */
  readonly model: string;
  /** The cursor of the next page, when there is one. */
  readonly next?: string;
}
export interface Answer<T> {
  readonly data: T;
  readonly meta: Meta;
}

/** The rows of every read model: GET /churn-risk?level=HIGH, GET /churn-risk/c-1. A new read model needs no line here. */
@Controller()
export class RowsController {
  private readonly models: ReadonlyMap<string, Projection>;
  private readonly answering: Answering;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Settings) settings: Settings,
  ) {
    this.models = new Map(application.plan.readModels.map((model) => [model.question, model]));
    this.answering = new Answering(application, settings.RAPPORT_WAIT_MS_MAX);
  }

  @Get(':question')
  async list(
    @Param('question') question: string,
    @Query() query: QueryString,
  ): Promise<Answer<readonly Row[]>> {
    const model = this.modelOf(question);
    const { own, others } = split(ListParams, query);
    const params = readParams(ListParams, own);
    const selection = selectionOf(model, params, others);
    const { meta, moment } = await this.answering.basis([model], params);
    const { rows: now } = this.application;
    const rows = await (moment ? new PastReader(now, moment, [model], []) : now).find(model.table, selection);
    const data = rows.slice(0, params.limit);
    const last = rows.length > params.limit ? data.at(-1) : undefined;
    const next = last && { next: cursorAfter(model, last, params.orderBy) };
    return { data, meta: { ...meta, model: model.name, ...next } };
  }

  @Get(':question/:key')
  async row(
    @Param('question') question: string,
    @Param('key') key: string,
    @Query() query: QueryString,
  ): Promise<Answer<Row>> {
    const model = this.modelOf(question);
    const { own, others } = split(ReadingParams, query);
    if (Object.keys(others).length > 0) throw unknownParams(question, others, namesOf(ReadingParams));
    const basis = await this.answering.basis([model], readParams(ReadingParams, own));
    const meta = { ...basis.meta, model: model.name };
    const [data] = await this.application.rows.load(model.table, [key], basis.moment);
    if (data) return { data, meta };
    throw new EdgeProblem(404, 'NO_SUCH_ROW', `${question} knows no such key`, { meta });
  }

  private modelOf(question: string): Projection {
    const model = this.models.get(question);
    if (model) return model;
    const near = namesNear(question, this.models.keys());
    throw notFound('UNKNOWN_QUESTION', `there is no read model ${question}`, near);
  }
}
