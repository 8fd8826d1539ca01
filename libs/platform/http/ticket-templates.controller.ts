import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OneOf, Optional, options, type RecordedEvent } from '@rapport/kernel';
import { TEMPLATE_FORMATS, TEMPLATE_LANGUAGES, TICKET_TEMPLATES, tableText } from '@rapport/read-models';
import { Application } from '../application';
import { ticketFileIn } from '../filled-templates';
import { masking } from '../masked';
import { namesOf, notFound, readParams, split, unknownParams } from './reading-params';
import { mayReadPersonal } from './roles';

const Format = options(...TEMPLATE_FORMATS);
const Language = options(...TEMPLATE_LANGUAGES);

export class TemplateParams {
  @Optional() @OneOf(Format) format?: keyof typeof Format;
  @Optional() @OneOf(Language) lang?: keyof typeof Language;
}
const TYPES: Readonly<Record<keyof typeof Format, string>> = {
  ...{ csv: 'text/csv; charset=utf-8', md: 'text/markdown; charset=utf-8' },
};

/** The four templates of a ticket as files: GET /tickets/REQ-2024-001/templates/1?format=csv&lang=zh (section 4). */
@Controller('tickets')
export class TicketTemplatesController {
  private readonly masked: (event: RecordedEvent) => object;

  constructor(@Inject(Application) private readonly application: Application) {
    this.masked = masking(application.plan.aggregates.map(({ events }) => events));
  }

  @Get(':no/templates/:n')
  async filled(
    @Param('no') no: string,
    @Param('n') n: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() { actor }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { own, others } = split(TemplateParams, query);
    if (Object.keys(others).length > 0) throw unknownParams('templates', others, namesOf(TemplateParams));
    const { format = 'csv', lang = 'zh' } = readParams(TemplateParams, own);
    const known = Object.keys(TICKET_TEMPLATES);
    const template = known.includes(n) ? TICKET_TEMPLATES[Number(n)] : undefined;
    if (!template) throw notFound('UNKNOWN_TEMPLATE', `there is no template ${n}`, known);
    const shown = mayReadPersonal(actor) ? ({ data }: RecordedEvent) => data : this.masked;
    const file = await ticketFileIn(this.application.store, no, shown);
    if (!file) throw notFound('NO_SUCH_TICKET', `there is no ticket ${no}`, []);
    void reply
      .type(TYPES[format])
      .header('content-disposition', `attachment; filename="template-${n}.${format}"`);
    return tableText(template.fill([file], lang), format);
  }
}
