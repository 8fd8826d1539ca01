import { MemoryBroker, MemoryMessageBus } from '@rapport/adapters/memory';
import {
  relayOn,
  COMMAND_RESULTS,
  COMMANDS,
  type CommandAnswer,
  type RelayParts,
} from '@rapport/integration';
import type { Message, MessageBus } from '@rapport/kernel';
import type { Application } from '@rapport/platform';

export const until = async (isSo: () => boolean | Promise<boolean>, withinMs = 4_000): Promise<void> => {
  for (const end = Date.now() + withinMs; !(await isSo());) {
    if (Date.now() > end) throw new Error(`it did not become so: ${String(isSo)}`);
    await new Promise((go) => setTimeout(go, 2));
  }
};

/** A bus that calls for each part what a test has put in its place. */
export const busWith = (bus: MessageBus, parts: Partial<MessageBus>): MessageBus =>
  Object.assign(Object.create(bus) as MessageBus, parts);

export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}
interface Differently {
  readonly bus?: (bus: MessageBus) => MessageBus;
  readonly parts?: Partial<RelayParts>;
}

/** The relay on an application and a broker of its own, and somebody who sends commands and reads the answers. */
export const relayed = (application: Application, { bus: dressed, parts }: Differently = {}) => {
  const broker = new MemoryBroker();
  const bus = new MemoryMessageBus(broker);
  const lines: LogLine[] = [];
  const failures: unknown[] = [];
  const outcomes: string[] = [];
  const noting = (level: LogLine['level']) => (details: object, message: string) =>
    void lines.push({ level, details: { ...details }, message });
  const relayParts: RelayParts = {
    ...{ execute: application.execute, commands: application.commands, now: application.now },
    ...{ maySend: ({ role }) => role !== 'AUDITOR', createTopics: true },
    log: { warn: noting('warn'), error: noting('error') },
    onFailure: (error) => failures.push(error),
    onDealt: (topic, outcome) => outcomes.push(`${topic} ${outcome}`),
    ...parts,
  };
  const relay = relayOn(dressed ? dressed(bus) : bus, relayParts);
  const answers = () =>
    broker.lyingIn(COMMAND_RESULTS.topic).map((one) => JSON.parse(one.value ?? '') as CommandAnswer);
  return {
    ...{ broker, bus, relay, relayParts, lines, failures, outcomes, answers },
    send: (key: string, value: object | string, headers: Message['headers'] = {}, topic = COMMANDS.topic) =>
      bus.publish(topic, [
        { key, value: typeof value === 'string' ? value : JSON.stringify(value), headers },
      ]),
    answersTo: async (commandId: string, count = 1): Promise<readonly CommandAnswer[]> => {
      const found = () => answers().filter((answer) => answer.commandId === commandId);
      await until(() => found().length >= count);
      return found();
    },
  };
};
