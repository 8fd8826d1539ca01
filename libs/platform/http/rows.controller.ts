import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Projection, Row } from '@rapport/kernel';
import { Application } from '../application';
import { namesNear } from '../near-names';
import { EdgeProblem } from '../problem';
import { Settings } from '../settings';
import { Freshness, type Fresh } from './freshness';
import {
  asOfIn,
  ListParams,
  namesOf,
  notFound,
  readParams,
  RowParams,
  split,
  unknownParams,
  wishOf,
} from './reading-params';
import { cursorAfter, selectionOf } from './selection';

type QueryString = Readonly<Record<string, unknown>>;

/** Every answer says what it rests on. */
export interface Meta extends Fresh {
  /** `churn-risk@2` */
  readonly model: string;
  readonly asOf?: string;
  readonly knownAt?: string;
  /** The wait ran out: this does not know yet what was asked for. */
  readonly stale?: true;
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
  private readonly freshness: Freshness;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Settings) private readonly settings: Settings,
  ) {
    this.models = new Map(application.plan.readModels.map((model) => [model.question, model]));
    this.freshness = new Freshness(application);
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
    const meta = await this.metaOf(model, params);
    const rows = await this.application.rows.find(model.table, selection);
    const data = rows.slice(0, params.limit);
    const last = rows.length > params.limit ? data.at(-1) : undefined;
    return { data, meta: { ...meta, ...(last && { next: cursorAfter(model, last, params.orderBy) }) } };
  }

  @Get(':question/:key')
  async row(
    @Param('question') question: string,
    @Param('key') key: string,
    @Query() query: QueryString,
  ): Promise<Answer<Row>> {
    const model = this.modelOf(question);
    const { own, others } = split(RowParams, query);
    if (Object.keys(others).length > 0) throw unknownParams(question, others, namesOf(RowParams));
    const params = readParams(RowParams, own);
    const meta = await this.metaOf(model, params);
    const [data] = await this.application.rows.load(model.table, [key], asOfIn(params));
    if (data) return { data, meta };
    throw new EdgeProblem(404, 'NO_SUCH_ROW', `${question} knows no such key`, { meta });
  }

  /** Waits where that is wished, and reads the position before the rows are read: they know at least as much. */
  private async metaOf(model: Projection, params: RowParams): Promise<Meta> {
    const { asOf, knownAt } = params;
    if ((asOf ?? knownAt) !== undefined && !model.past)
      throw new EdgeProblem(
        400,
        'NO_HISTORY',
        `${model.question} keeps no history: leave out asOf and knownAt`,
      );
    const stale = await this.freshness.reach([model], wishOf(params, this.settings.RAPPORT_WAIT_MS_MAX));
    return {
      ...(await this.freshness.of([model])),
      model: model.name,
      ...(asOf !== undefined && { asOf }),
      ...(knownAt !== undefined && { knownAt }),
      ...(stale && { stale }),
    };
  }

  private modelOf(question: string): Projection {
    const model = this.models.get(question);
    if (model) return model;
    const near = namesNear(question, this.models.keys());
    throw notFound('UNKNOWN_QUESTION', `there is no read model ${question}`, near);
  }
}
