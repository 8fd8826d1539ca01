import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Question } from '@rapport/kernel';
import { Application } from '../application';
import { namesNear } from '../near-names';
import { schemaOf } from '../schemas';
import { Settings } from '../settings';
import { Freshness } from './freshness';
import { namesOf, notFound, readParams, ReadingParams, split, unknownParams, wishOf } from './reading-params';

/** Questions with parameters of their own: GET /reports/timeliness?month=2016-03. */
@Controller('reports')
export class ReportsController {
  private readonly questions: ReadonlyMap<string, Question>;
  private readonly freshness: Freshness;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Settings) private readonly settings: Settings,
  ) {
    this.questions = new Map(application.plan.questions.map((question) => [question.name, question]));
    this.freshness = new Freshness(application);
  }

  @Get()
  list() {
    const data = [...this.questions.values()].map(({ name, about, params, reads }) => ({
      ...{ name, about, reads: reads.map((model) => model.name) },
      params: schemaOf(params),
    }));
    return { data };
  }

  @Get(':question')
  async answer(@Param('question') name: string, @Query() query: Readonly<Record<string, unknown>>) {
    const question = this.questions.get(name);
    if (!question)
      throw notFound('UNKNOWN_REPORT', `there is no report ${name}`, namesNear(name, this.questions.keys()));
    const { own, others } = split(question.params, query);
    const { own: reading, others: unknown } = split(ReadingParams, others);
    if (Object.keys(unknown).length > 0)
      throw unknownParams(name, unknown, [...namesOf(question.params), ...namesOf(ReadingParams)]);
    const params = readParams(question.params, own);
    const wish = wishOf(readParams(ReadingParams, reading), this.settings.RAPPORT_WAIT_MS_MAX);
    const stale = await this.freshness.reach(question.reads, wish);
    const fresh = await this.freshness.of(question.reads);
    const { rows, now } = this.application;
    const data = await question.answer(params, { rows, now: now() });
    const models = question.reads.map((model) => model.name);
    return { data, meta: { ...fresh, report: name, models, ...(stale && { stale }) } };
  }
}
