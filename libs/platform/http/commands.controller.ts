import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hydrate, UnknownOutcome, type Class, type CommandResult, type Envelope } from '@rapport/kernel';
import { Application } from '../application';
import { dispatch } from '../command-bus';
import { namesNear } from '../near-names';
import { EdgeProblem, outcomeUnknown } from '../problem';
import { batchOrderOf, Batches } from './batches';
import { NDJSON, plainObject } from './body-parsers';
import { envelopeOf, idempotencyKeyOf } from './envelope';
import { Metrics } from './metrics';
import { maySendCommands } from './roles';

/** What a sender gets back: `position` is a token for `after=`, to be kept and given back, never counted with. */
export interface CommandAnswer extends Omit<CommandResult, 'position'> {
  readonly position: string;
  readonly commandId: string;
}

/** Every command of the domain: POST /commands/RegisterTicket. A new command needs no line here. */
@Controller('commands')
export class CommandsController {
  private readonly batches: Batches;

  constructor(
    @Inject(Application) private readonly application: Application,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Batches) batches: Batches,
  ) {
    this.batches = batches;
  }

  @Post(':type')
  @HttpCode(200)
  one(
    @Param('type') type: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<CommandAnswer> {
    this.assertSender(request);
    const messageClass = this.classOf(type);
    const commandId = idempotencyKeyOf(request) ?? randomUUID();
    const envelope = envelopeOf(request, this.application.now(), commandId);
    return this.send(messageClass, plainObject(body), envelope);
  }

  @Post()
  many(
    @Body() body: unknown,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.assertSender(request);
    if (!Buffer.isBuffer(body))
      throw new EdgeProblem(415, 'WRONG_CONTENT_TYPE', `send ${NDJSON}, or one command to /commands/<Type>`);
    const key = idempotencyKeyOf(request);
    const answers = this.batches.run(
      body,
      batchOrderOf(query['order']),
      (line, { type, commandId, data }) => {
        const messageClass = this.classOf(type);
        const id = commandId ?? (key === undefined ? randomUUID() : `${key}:${line}`);
        return this.send(messageClass, data, envelopeOf(request, this.application.now(), id));
      },
    );
    void reply.status(200).header('content-type', NDJSON).send(answers);
  }

  private async send(messageClass: Class, data: object, envelope: Envelope): Promise<CommandAnswer> {
    try {
      const result = await dispatch(this.bus, hydrate(messageClass, data), envelope);
      this.metrics.countCommand(messageClass.name, result.repeated ? 'repeated' : 'done');
      return { ...result, position: String(result.position), commandId: envelope.commandId };
    } catch (error) {
      this.metrics.countCommand(messageClass.name, error);
      throw error instanceof UnknownOutcome ? outcomeUnknown(envelope.commandId) : error;
    }
  }

  private classOf(type: string): Class {
    const entry = this.application.commands.get(type);
    if (entry) return entry.messageClass;
    const near = namesNear(type, this.application.commands.keys());
    throw new EdgeProblem(404, 'UNKNOWN_COMMAND', `there is no command ${type}`, { near });
  }

  private assertSender({ actor }: FastifyRequest): void {
    if (!maySendCommands(actor))
      throw new EdgeProblem(403, 'ROLE_READS_ONLY', `${actor.role} may read, but not send commands`);
  }
}
