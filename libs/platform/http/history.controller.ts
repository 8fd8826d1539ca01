import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Count, Optional, type RecordedEvent } from '@rapport/kernel';
import { Application } from '../application';
import { masking } from '../masked';
import { EdgeProblem } from '../problem';
import { namesOf, readParams, split, unknownParams } from './reading-params';
import { mayReadPersonal } from './roles';

export class HistoryParams {
  @Optional() @Count(0, Number.MAX_SAFE_INTEGER) from?: number;
  @Count(1, 500) limit = 100;
}

/** What happened to one aggregate: who, what, when, why. */
@Controller('history')
export class HistoryController {
  private readonly masked: (event: RecordedEvent) => object;

  constructor(@Inject(Application) private readonly application: Application) {
    this.masked = masking(application.plan.aggregates.map(({ events }) => events));
  }

  @Get(':stream')
  async of(
    @Param('stream') stream: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() { actor }: FastifyRequest,
  ) {
    const { own, others } = split(HistoryParams, query);
    if (Object.keys(others).length > 0) throw unknownParams('history', others, namesOf(HistoryParams));
    const { from = 0, limit } = readParams(HistoryParams, own);
    const events = await this.application.store.read(stream, { from, limit: limit + 1 });
    if (events.length === 0 && from === 0)
      throw new EdgeProblem(404, 'NO_SUCH_STREAM', 'nothing happened under this name');
    const clear = mayReadPersonal(actor);
    const data = events.slice(0, limit).map((event) => this.shown(event, clear));
    const next = events[limit]?.revision;
    return { data, meta: { stream, ...(next !== undefined && { next: String(next) }) } };
  }

  private shown(event: RecordedEvent, clear: boolean) {
    const { id, type, revision, position, occurredAt, recordedAt, meta, hash } = event;
    return {
      ...{ id, type, revision, position: String(position), occurredAt, recordedAt },
      data: clear ? event.data : this.masked(event),
      actor: { id: meta.actorId, role: meta.actorRole },
      ...{ source: meta.source, ...(meta.reason !== undefined && { reason: meta.reason }) },
      ...{ commandId: meta.commandId, correlationId: meta.$correlationId, causationId: meta.$causationId },
      ...{ schemaVersion: Number(meta.schemaVersion), hash },
    };
  }
}
