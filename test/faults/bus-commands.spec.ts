import * as fc from 'fast-check';
import { COMMANDS_DEAD, COMMAND_RESULTS, FAULTS_IN_A_ROW_MAX, relayOn } from '@rapport/integration';
import {
  BusUnavailable,
  Contended,
  UnknownOutcome,
  type CommandResult,
  type MessageBus,
} from '@rapport/kernel';
import type { RelayParts } from '@rapport/integration';
import { busWith, relayed, until } from '../support/bus';
import { storyFrom } from '../support/story';

const START = '2024-03-01T09:00:00.000Z';
const actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const register = (customerId: string, commandId = `r-${customerId}`) => ({
  ...{ type: 'RegisterCustomer', commandId, actor },
  data: { customerId, name: `name ${customerId}`, industry: 'Retail', source: 'SALES_HANDOVER' },
});
type Execute = RelayParts['execute'];
type Dress = (execute: Execute) => Execute;

describe('the relay', () => {
  let told: Awaited<ReturnType<typeof storyFrom>>;
  const relays: { stop(): Promise<void> }[] = [];
  beforeEach(async () => void (told = await storyFrom(START, actor)));
  afterEach(async () => {
    for (const relay of relays.splice(0)) await relay.stop();
    await told.application.stop();
  });
  const running = async (dress: Dress = (same) => same, bus?: (bus: MessageBus) => MessageBus) => {
    const execute = dress(told.application.execute);
    const house = relayed(told.application, { parts: { execute }, ...(bus && { bus }) });
    relays.push(house.relay);
    house.relay.start();
    return house;
  };
  const stored = async (customerId: string) =>
    (await told.application.store.read(`customer-${customerId}`)).map(({ type }) => type);
  /** The n-th call, counted from 1. */
  const calls = () => {
    let count = 0;
    return () => ++count;
  };

  it('that dies after the log has the command and before the offset is kept does it no second time', async () => {
    const call = calls();
    const house = await running(undefined, (bus) =>
      busWith(bus, {
        consume: (group, topics, handle) =>
          bus.consume(group, topics, async (deliveries) => {
            await handle(deliveries);
            if (call() === 1) throw new Error('killed');
          }),
      }),
    );
    await until(() => house.relay.state === 'running');
    await house.send('c-1', register('c-1'));
    const [first, again] = await house.answersTo('r-c-1', 2);
    expect([first?.outcome, again]).toEqual(['done', { ...first, outcome: 'repeated' }]);
    expect(await stored('c-1')).toEqual(['CustomerRegistered']);
  });

  it('whose answer was lost answers when the command is brought again', async () => {
    const call = calls();
    const house = await running(undefined, (bus) =>
      busWith(bus, {
        publish: async (topic, messages) => {
          if (call() === 1) throw new BusUnavailable('no answer');
          await bus.publish(topic, messages);
        },
      }),
    );
    await until(() => house.relay.state === 'running');
    await house.send('c-1', register('c-1'));
    expect(await house.answersTo('r-c-1')).toMatchObject([
      { outcome: 'repeated', events: ['CustomerRegistered'] },
    ]);
    expect(await stored('c-1')).toEqual(['CustomerRegistered']);
  });

  it.each([
    ['is away', new UnknownOutcome('the log did not answer')],
    ['is crowded', new Contended('others were faster')],
  ])('waits while the log %s, drops nothing, and keeps the order of the key', async (_, trouble) => {
    let away = true;
    const tried: string[] = [];
    const house = await running((execute) => async (command, envelope): Promise<CommandResult> => {
      tried.push(envelope.commandId);
      if (away && envelope.commandId.startsWith('r-c-1')) throw trouble;
      return execute(command, envelope);
    });
    await until(() => house.relay.state === 'running');
    await house.send('c-1', register('c-1', 'r-c-1-a'));
    await house.send('c-1', register('c-1', 'r-c-1-b'));
    await house.send('c-2', register('c-2'));
    await house.answersTo('r-c-2');
    await until(() => house.relay.state.startsWith('waiting'));
    await until(() => tried.filter((id) => id === 'r-c-1-a').length > 2);
    expect(tried).not.toContain('r-c-1-b');
    away = false;
    const answers = [...(await house.answersTo('r-c-1-a')), ...(await house.answersTo('r-c-1-b'))];
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
    expect(tried.filter((id) => id === 'r-c-2')).toHaveLength(1);
    expect(house.answers().filter(({ commandId }) => commandId === 'r-c-2')).toHaveLength(1);
    expect(house.broker.lyingIn(COMMANDS_DEAD.topic)).toEqual([]);
  });

  it('puts a command that meets a bug aside, says so to its sender and in the log, and others go on', async () => {
    const house = await running((execute) => (command, envelope) => {
      if (envelope.commandId === 'r-c-1') throw new TypeError('Ann is not a function');
      return execute(command, envelope);
    });
    await until(() => house.relay.state === 'running');
    await house.send('c-1', register('c-1'));
    await house.send('c-2', register('c-2'));
    const [failed] = await house.answersTo('r-c-1');
    expect(await house.answersTo('r-c-2')).toMatchObject([{ outcome: 'done' }]);
    const [letter] = house.broker.lyingIn(COMMANDS_DEAD.topic);
    const id = letter?.headers['dead-letter-id'];
    expect(failed).toMatchObject({ outcome: 'failed', problem: { code: 'FAULT', id } });
    expect(letter?.headers['dead-letter-reason']).toBe('FAULT');
    expect(JSON.stringify([failed, letter?.headers])).not.toContain('not a function');
    expect(house.lines).toMatchObject([{ level: 'error', details: { id }, message: 'fault' }]);
  });

  it('does not turn everything away when everything fails: then something is wrong with us', async () => {
    let broken = true;
    const house = await running((execute) => (command, envelope) => {
      if (broken) throw new TypeError('everything is broken');
      return execute(command, envelope);
    });
    await until(() => house.relay.state === 'running');
    const ids = Array.from({ length: FAULTS_IN_A_ROW_MAX + 10 }, (_, n) => `c-${n}`);
    for (const id of ids) await house.send(id, register(id));
    await until(() => house.relay.state.includes('faults in a row'));
    const failed = () => house.answers().filter(({ outcome }) => outcome === 'failed').length;
    expect(failed()).toBeLessThanOrEqual(FAULTS_IN_A_ROW_MAX);
    broken = false;
    await until(() => house.answers().length === ids.length);
    expect(house.answers().filter(({ outcome }) => outcome === 'done')).toHaveLength(ids.length - failed());
  });

  it('waits for a bus that is away, also at the start, and goes on', async () => {
    const house = relayed(told.application);
    relays.push(house.relay);
    house.broker.down = true;
    house.relay.start();
    await until(() => house.relay.state.startsWith('waiting: the broker'));
    house.broker.down = false;
    await until(() => house.relay.state === 'running');
    house.broker.down = true;
    await until(() => house.relay.state.startsWith('waiting'));
    house.broker.down = false;
    await house.send('c-1', register('c-1'));
    expect(await house.answersTo('r-c-1')).toMatchObject([{ outcome: 'done' }]);
    expect(house.failures).toEqual([]);
  });

  it('stops visibly where a topic is missing and may not be made', async () => {
    const house = relayed(told.application, { parts: { createTopics: false } });
    house.relay.start();
    await until(() => house.relay.state === 'failed');
    expect(String(house.failures[0])).toContain('rapport.commands.v1 is missing');
    await house.relay.stop();
  });

  it('may run twice: the members share the work, and each command is carried out and answered once', async () => {
    const house = await running();
    const other = relayOn(house.bus, house.relayParts);
    relays.push(other);
    other.start();
    await until(() => other.state === 'running' && house.relay.state === 'running');
    const ids = Array.from({ length: 40 }, (_, n) => `c-${n}`);
    for (const id of ids) await house.send(id, register(id));
    await until(() => house.answers().length >= ids.length);
    expect(house.answers().map(({ outcome }) => outcome)).toEqual(ids.map(() => 'done'));
    expect(house.broker.lyingIn(COMMAND_RESULTS.topic)).toHaveLength(ids.length);
  });

  it('stops while it waits for a bus that is away', async () => {
    const house = relayed(told.application);
    house.broker.down = true;
    house.relay.start();
    await until(() => house.relay.state.startsWith('waiting'));
    await house.relay.stop();
    expect([house.relay.state, house.failures]).toEqual(['stopped', []]);
  });
});

describe('any number of deaths and doubles', () => {
  const KEYS = 3;
  const EACH = 4;
  /** Before the commands are carried out, after it, or when the answers should have been kept. */
  const death = fc.constantFrom('before' as const, 'after' as const, 'answer' as const, 'none' as const);

  const chaotic = (deaths: ('before' | 'after' | 'answer' | 'none')[]) => (bus: MessageBus) => {
    let answersAway = false;
    return busWith(bus, {
      publish: async (topic, messages) => {
        if (answersAway && topic === COMMAND_RESULTS.topic) throw new BusUnavailable('no answer');
        await bus.publish(topic, messages);
      },
      consume: (group, topics, handle) =>
        bus.consume(group, topics, async (deliveries) => {
          const now = deaths.shift() ?? 'none';
          if (now === 'before') throw new Error('killed');
          answersAway = now === 'answer';
          await handle(deliveries).finally(() => (answersAway = false));
          if (now === 'after') throw new Error('killed');
        }),
    });
  };

  it('carry each command out once, in order of its key, and answer each', async () => {
    let round = 0;
    const told = await storyFrom(START, actor);
    await fc.assert(
      fc.asyncProperty(
        fc.array(death, { maxLength: 12 }),
        fc.array(fc.nat(KEYS * EACH - 1), { maxLength: 8 }),
        async (deaths, doubles) => {
          const ids = Array.from({ length: KEYS }, (_, n) => `c-${++round}-${n}`);
          const change = (n: number) => ({
            ...{
              type: 'UpdateCustomerProfile',
              commandId: `${ids[n % KEYS]}-u${Math.floor(n / KEYS)}`,
              actor,
            },
            data: {
              ...{ customerId: ids[n % KEYS], field: 'INDUSTRY', source: 'call' },
              value: `industry ${Math.floor(n / KEYS)}`,
            },
          });
          const house = relayed(told.application, { bus: chaotic([...deaths]) });
          house.relay.start();
          await until(() => house.relay.state === 'running');
          for (const id of ids) await house.send(id, register(id));
          for (let n = 0; n < KEYS * EACH; n++) await house.send(ids[n % KEYS] ?? '', change(n));
          for (const n of doubles) await house.send(ids[n % KEYS] ?? '', change(n));
          const asked = KEYS * (EACH + 1) + doubles.length;
          await until(() => house.answers().length >= asked && house.relay.state === 'running');
          await house.relay.stop();
          const answered = new Set(house.answers().map(({ commandId }) => commandId));
          expect(answered.size).toBe(KEYS * (EACH + 1));
          for (const { outcome } of house.answers()) expect(['done', 'repeated']).toContain(outcome);
          for (const id of ids) {
            const events = await told.application.store.read(`customer-${id}`);
            const industries = events.map(({ data }) => (data as { to?: string }).to);
            expect(industries).toEqual([
              undefined,
              ...Array.from({ length: EACH }, (_, n) => `industry ${n}`),
            ]);
          }
        },
      ),
      { numRuns: 25 },
    );
    await told.application.stop();
  }, 30_000);
});
