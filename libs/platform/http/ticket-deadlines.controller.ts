import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { OneOf, Optional, type Question } from '@rapport/kernel';
import { SlaMoment } from '@rapport/domain/values';
import { Answering, ReadingParams } from '../answering';
import { Application } from '../application';
import { Settings } from '../settings';
import { ticketIdIn } from '../ticket-number';
import { namesOf, notFound, readParams, split, unknownParams } from './reading-params';

export class DeadlineParams {
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
}

/** Of the answer, what tells whether there is one. */
interface Told {
  readonly clocks: readonly object[];
}

/** Why each deadline of a ticket is where it is: GET /tickets/REQ-2024-001/deadlines. The same as the report `deadlines`. */
@Controller('tickets')
export class TicketDeadlinesController {
  private readonly question: Question | undefined;
  private readonly answering: Answering;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(Settings) settings: Settings,
  ) {
    this.question = application.plan.questions.find(({ name }) => name === 'deadlines');
    this.answering = new Answering(application, settings.RAPPORT_WAIT_MS_MAX);
  }

  @Get(':no/deadlines')
  async answer(@Param('no') no: string, @Query() query: Readonly<Record<string, unknown>>) {
    if (!this.question) throw notFound('UNKNOWN_REPORT', 'deadlines are not told here', []);
    const { own, others } = split(DeadlineParams, query);
    const { own: reading, others: unknown } = split(ReadingParams, others);
    if (Object.keys(unknown).length > 0)
      throw unknownParams('deadlines', unknown, [...namesOf(DeadlineParams), ...namesOf(ReadingParams)]);
    const told = readParams(DeadlineParams, own);
    const ticketId = await ticketIdIn(this.application.store, no);
    const params = readParams(this.question.params, { ...told, ticketId });
    const answer = await this.answering.report(this.question, params, readParams(ReadingParams, reading));
    if ((answer.data as Told).clocks.length === 0)
      throw notFound('CLOCKS_UNKNOWN', `no clock has started for ${no}, or not for that moment`, []);
    return answer;
  }
}
