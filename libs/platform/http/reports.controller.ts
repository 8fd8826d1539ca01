import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Question } from '@rapport/kernel';
import { Answering, ReadingParams } from '../answering';
import { Application } from '../application';
import { namesNear } from '../near-names';
import { schemaOf } from '../schemas';
import { Settings } from '../settings';
import { namesOf, notFound, readParams, split, unknownParams } from './reading-params';

/** Questions with parameters of their own: GET /reports/timeliness?month=2016-03. */
@Controller('reports')
export class ReportsController {
  private readonly questions: ReadonlyMap<string, Question>;
  private readonly answering: Answering;

  constructor(@Inject(Application) application: Application, @Inject(Settings) settings: Settings) {
    this.questions = new Map(application.plan.questions.map((question) => [question.name, question]));
    this.answering = new Answering(application, settings.RAPPORT_WAIT_MS_MAX);
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
    return this.answering.report(question, params, readParams(ReadingParams, reading));
  }
}
