import { randomUUID } from 'node:crypto';
import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type CommandBus } from '@nestjs/cqrs';
import type { Class, CommandResult, Envelope, Rules } from '@rapport/kernel';
import { Application } from './application';

const envelopes = new WeakMap<object, Envelope>();

/** Says who sends a command, before it goes onto the bus. Without it the system itself is the sender. */
export const sentAs = <T extends object>(command: T, envelope: Envelope): T => {
  envelopes.set(command, envelope);
  return command;
};

/** The typed way onto Nest's bus: `await dispatch(bus, RegisterTicket.of({…}), envelope)`. */
export const dispatch = (bus: CommandBus, command: object, envelope?: Envelope): Promise<CommandResult> =>
  bus.execute<object, CommandResult>(envelope ? sentAs(command, envelope) : command);

/** One handler for each command of the domain; all of them do the same. */
export const handlersOf = (aggregates: readonly Rules[]): Type[] =>
  aggregates.flatMap(({ commands }) => Object.values(commands).map(handlerOf));

const handlerOf = (messageClass: Class): Type => {
  @CommandHandler(messageClass)
  class Handler {
    constructor(@Inject(Application) private readonly application: Application) {}

    execute(command: object): Promise<CommandResult> {
      const { application } = this;
      return application.execute(command, envelopes.get(command) ?? ofTheSystem(application.now()));
    }
  }
  return Handler;
};

const ofTheSystem = (now: string): Envelope => {
  const commandId = randomUUID();
  const actor = { id: 'system', role: 'SYSTEM' };
  return { commandId, correlationId: commandId, actor, source: 'nest', now };
};
