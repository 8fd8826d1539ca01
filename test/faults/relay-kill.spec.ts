import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  COMMAND_RESULTS,
  COMMANDS,
  contracts,
  Deduplicator,
  OUT,
  type CommandAnswer,
} from '@rapport/integration';
import { START, verifyLog, type Delivery, type Message, type RecordedEvent } from '@rapport/kernel';
import { openEmbedded } from '@rapport/platform';
import { until } from '../support/bus';
import { startBroker, type Broker } from '../support/kafka/broker';
import { clientOf } from '../support/kafka/clients';

const KILLS = Number(process.env['RAPPORT_RELAY_KILLS'] ?? 12);
const CUSTOMERS = 40;
const NEEDS = 15;
const HOOK = join(__dirname, '..', 'support', 'typescript-hook.cjs');
const VICTIM = join(__dirname, '..', 'support', 'relay-process.ts');
/** A life ends after so many messages that it led to at most, and a moment later: in the middle of something. */
const LIFE_MAX_MESSAGES = 30;
const MOMENT_MAX_MS = 8;
/** A broker notices after some seconds that a member of the group is dead. */
const ALL_ANSWERED_MS = 120_000;

const command = (key: string, commandId: string, type: string, data: object): Message => ({
  ...{ key, headers: {} },
  value: JSON.stringify({ type, commandId, data, actor: { id: 'shop', role: 'CRM_MANAGER' } }),
});
const customers = Array.from({ length: CUSTOMERS }, (_, n) => `c-${n}`);
const registrations = (): readonly Message[] =>
  customers.map((customerId) =>
    command(customerId, `r-${customerId}`, 'RegisterCustomer', {
      ...{ customerId, name: `Company ${customerId}`, industry: customerId, source: 'SALES_HANDOVER' },
    }),
  );
/** What each customer needs: other keys, so that they come in any order. */
const needs = (): readonly Message[] =>
  customers.flatMap((customerId) =>
    Array.from({ length: NEEDS }, (_, n) =>
      command(`${customerId}.t${n}`, `t-${customerId}-${n}`, 'RegisterTicket', {
        ...{ ticketId: `${customerId}.t${n}`, customerId, type: 'SERVICE', urgency: 'ROUTINE' },
        ...{ channel: 'EMAIL', verbatim: `need ${n}`, collectorId: 'ann', raisedAt: '2026-01-05T09:00:00Z' },
      }),
    ),
  );
const ALL = CUSTOMERS * (1 + NEEDS);

const born = async (folder: string, brokers: readonly string[]): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['-r', HOOK, VICTIM, folder, brokers.join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
};
const killed = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};
const everything = async (folder: string) => {
  const application = await openEmbedded({ folder });
  await application.start();
  await application.settle();
  const events: RecordedEvent[] = [];
  for (let at = START; ; at = events.at(-1)?.position ?? at) {
    const some = await application.store.readAll(at, 5_000);
    if (some.length === 0) break;
    events.push(...some);
  }
  const { intact } = await verifyLog(application.plan.log, application.rows);
  await application.stop();
  return { events, intact };
};
const byKey = (told: readonly Delivery[]): ReadonlyMap<string, Delivery[]> => {
  const keys = new Map<string, Delivery[]>();
  for (const one of told) {
    const place = `${one.topic}|${one.key}`;
    keys.set(place, [...(keys.get(place) ?? []), one]);
  }
  return keys;
};

describe(`a relay that is killed ${KILLS} times at random moments`, () => {
  let broker: Broker | null = null;
  beforeAll(async () => void (broker = await startBroker()), 180_000);
  afterAll(() => broker?.stop(), 60_000);

  it(
    'answers every command, tells everything in order of its key, and what it tells twice is the same',
    async () => {
      if (!broker) return;
      const folder = mkdtempSync(join(tmpdir(), 'rapport-relay-'));
      const bus = clientOf(broker.brokers);
      const heard: Delivery[] = [];
      const answers = () =>
        heard
          .filter(({ topic }) => topic === COMMAND_RESULTS.topic)
          .map(({ value }) => JSON.parse(value ?? '') as CommandAnswer);
      const answered = () => new Set(answers().map(({ commandId }) => commandId)).size;
      const told = () => heard.filter(({ headers }) => headers['ce_id'] !== undefined);
      let child = await born(folder, broker.brokers);
      const killing = async () => {
        for (let n = 0; n < KILLS; n++) {
          const before = heard.length;
          const life = Math.floor(Math.random() * LIFE_MAX_MESSAGES);
          await until(() => heard.length > before + life || answered() === ALL, ALL_ANSWERED_MS);
          await pause(Math.random() * MOMENT_MAX_MS);
          await killed(child);
          child = await born(folder, broker?.brokers ?? []);
        }
      };
      await bus.prepare([...OUT, COMMANDS, COMMAND_RESULTS], true);
      const topics = [...OUT.map(({ topic }) => topic), COMMAND_RESULTS.topic];
      const reading = await bus.consume('listener', topics, async (some) => void heard.push(...some));
      await bus.publish(COMMANDS.topic, registrations());
      await until(() => answered() === CUSTOMERS, ALL_ANSWERED_MS);
      const kills = killing();
      await bus.publish(COMMANDS.topic, needs());
      await kills;
      await until(() => answered() === ALL, ALL_ANSWERED_MS);
      await until(() => ids(told()).size >= ALL, ALL_ANSWERED_MS);
      await pause(1_000);
      await killed(child);
      await reading.stop();
      await bus.close();
      const { events, intact } = await everything(folder);
      rmSync(folder, { recursive: true });
      expect(intact).toBe(true);
      expect(answers().filter(({ outcome }) => outcome !== 'done' && outcome !== 'repeated')).toEqual([]);
      const all = told().length + answers().length;
      console.log(`${all} messages were heard, ${all - ids(told()).size - ALL} of them again`);
      expectWholeAndInOrder(events, told());
    },
    ALL_ANSWERED_MS * 3,
  );
});

const ids = (told: readonly Delivery[]) => new Set(told.map(({ headers }) => headers['ce_id'] ?? ''));

const expectWholeAndInOrder = (events: readonly RecordedEvent[], told: readonly Delivery[]): void => {
  const due = events.flatMap(({ id, type }) =>
    contracts
      .filter((contract) => contract.events.includes(type))
      .map(({ name, version }) => `${id}.${name}.v${version}`),
  );
  expect([...ids(told)].sort()).toEqual([...due].sort()); // no gap, and nothing that did not happen
  for (const one of told) {
    const same = told.find(({ headers }) => headers['ce_id'] === one.headers['ce_id']);
    expect([one.key, one.value, one.headers]).toEqual([same?.key, same?.value, same?.headers]);
  }
  const once = new Deduplicator();
  const effect = told.filter((message) => once.take(message));
  expect(effect).toHaveLength(due.length);
  for (const some of byKey(effect).values()) {
    const sequences = some.map(({ headers }) => headers['ce_sequence']);
    expect(sequences).toEqual([...sequences].sort());
  }
};
