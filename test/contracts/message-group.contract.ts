import type { Consumption, Handle, Message, MessageBus } from '@rapport/kernel';
import { until } from '../support/patience';
import {
  freshName,
  idsOf,
  message,
  messagesOf,
  planOf,
  Reader,
  type BusUnderTest,
  type MakeBus,
} from './buses';

const PATIENCE_MS = 60_000;
const ROUNDS_MAX = 60;

/** What every bus promises to a group of readers. */
export const groupContract = (name: string, make: MakeBus): void => {
  describe(`message bus: ${name}: a group`, () => {
    let under: BusUnderTest | null = null;
    const open: Consumption[] = [];
    let [topic, group] = ['', ''];
    beforeAll(async () => {
      under = await make();
    }, PATIENCE_MS);
    beforeEach(async () => {
      [topic, group] = [freshName('topic'), freshName('group')];
      await under?.bus.prepare([planOf(topic)], true);
    }, PATIENCE_MS);
    afterEach(async () => {
      await Promise.all(open.splice(0).map((consumption) => consumption.stop()));
    }, PATIENCE_MS);
    afterAll(() => under?.close(), PATIENCE_MS);

    const promises = (what: string, test: (there: BusUnderTest) => Promise<void>) =>
      it(what, async () => (under ? test(under) : undefined), PATIENCE_MS);
    const read = async (bus: MessageBus, handle: Handle) => {
      const consumption = await bus.consume(group, [topic], handle);
      open.push(consumption);
      return consumption;
    };

    promises('goes on where it stopped, also on another machine', async ({ bus, another }) => {
      const [before, after] = [messagesOf(8, 5), messagesOf(8, 10).slice(40)];
      const first = new Reader();
      const consumption = await read(bus, first.handle);
      await bus.publish(topic, before);
      await until('all are there', () => first.hasAll(before));
      expect(consumption).toMatchObject({ state: 'running', trouble: null });
      await consumption.stop();
      expect(consumption.state).toBe('stopped');
      await bus.publish(topic, after);
      const second = new Reader();
      await read(another(), second.handle);
      await until('the rest is there', () => second.hasAll(after));
      expect(idsOf(second.deliveries).sort()).toEqual(idsOf(after).sort());
    });
    promises('reads everything, whatever other groups have read', async ({ bus }) => {
      const sent = messagesOf(5, 5);
      await bus.publish(topic, sent);
      for (let n = 0; n < 2; n++) {
        group = freshName('group');
        const reader = new Reader();
        await read(bus, reader.handle);
        await until('all are there', () => reader.hasAll(sent));
      }
    });

    describe('whose handler throws', () => {
      promises('is brought the same deliveries again, while other partitions go on', async ({ bus }) => {
        const sent = messagesOf(40, 2);
        await bus.publish(topic, sent);
        const reader = new Reader();
        const attempts: string[] = [];
        let sick: number | null = null;
        let healthy = false;
        const consumption = await read(bus, async (deliveries) => {
          sick ??= deliveries[0]?.partition ?? null;
          if (deliveries[0]?.partition === sick) {
            attempts.push(deliveries.map(({ offset }) => offset).join());
            if (!healthy) throw new Error('the books are closed');
          }
          await reader.handle(deliveries);
        });
        await until('three were in vain', () => attempts.length >= 3);
        expect(consumption.trouble).toMatch(/the books are closed/);
        const later = messagesOf(40, 4).slice(80);
        await bus.publish(topic, later);
        const elsewhere = () => reader.deliveries.filter(({ partition }) => partition !== sick);
        await until('the others went on', () => elsewhere().length >= 40);
        expect(reader.deliveries.every(({ partition }) => partition !== sick)).toBe(true);
        healthy = true;
        await until('all are there', () => reader.hasAll([...sent, ...later]));
        expect(new Set(attempts.slice(0, 3)).size).toBe(1);
        await until('it is well again', () => consumption.trouble === null);
        for (let k = 0; k < 40; k++) expect(reader.valuesOf(`k${k}`)).toEqual(['0', '1', '2', '3']);
      });
      promises('can be stopped, and has lost nothing', async ({ bus, another }) => {
        const sent = messagesOf(6, 3);
        await bus.publish(topic, sent);
        let attempts = 0;
        const consumption = await read(bus, async () => {
          attempts++;
          throw new Error('not today');
        });
        await until('some were in vain', () => attempts > 2);
        await consumption.stop();
        const reader = new Reader();
        await read(another(), reader.handle);
        await until('all are there', () => reader.hasAll(sent));
      });
    });

    describe('of two', () => {
      /** Sends until a round of messages was shared among them. */
      const shared = async (bus: MessageBus, one: Reader, other: Reader): Promise<readonly Message[]> => {
        const sent: Message[] = [];
        for (let n = 0; n < ROUNDS_MAX; n++) {
          const round = Array.from({ length: 20 }, (_, k) => message(`k${k}`, String(n)));
          await bus.publish(topic, round);
          sent.push(...round);
          const has = (id?: string) => idsOf([...one.deliveries, ...other.deliveries]).includes(id);
          await until('this round is there', () => idsOf(round).every(has));
          const saw = (reader: Reader) => reader.deliveries.some(({ value }) => value === String(n));
          if (saw(one) && saw(other)) return sent;
          await new Promise((go) => setTimeout(go, 100));
        }
        throw new Error('one of them was never dealt a partition');
      };
      promises('shares the partitions, and one does the work of both', async ({ bus, another }) => {
        const [one, other] = [new Reader(), new Reader()];
        const leaving = await read(bus, one.handle);
        await read(another(), other.handle);
        const sent = await shared(bus, one, other);
        await leaving.stop();
        const rest = Array.from({ length: 20 }, (_, k) => message(`k${k}`, 'last'));
        await bus.publish(topic, rest);
        await until('the rest is there', () => other.hasAll(rest));
        const both = idsOf([...one.deliveries, ...other.deliveries]);
        expect(idsOf(sent).filter((id) => !both.includes(id))).toEqual([]);
      });
    });

    promises('that stops finishes what it has in hand, and loses nothing', async ({ bus, another }) => {
      const sent = messagesOf(1, 60);
      await bus.publish(topic, sent);
      let begun = false;
      let release: () => void = () => undefined;
      const gate = new Promise<void>((open) => (release = open));
      const first = new Reader();
      const consumption = await read(bus, async (deliveries) => {
        begun = true;
        await gate;
        await first.handle(deliveries);
      });
      await until('it is at work', () => begun);
      let stopped = false;
      const stopping = consumption.stop().then(() => (stopped = true));
      await new Promise((go) => setTimeout(go, 300));
      expect(stopped).toBe(false);
      release();
      await stopping;
      expect(first.deliveries.length).toBeGreaterThan(0);
      const later = [message('k0', 'later')];
      await bus.publish(topic, later);
      const second = new Reader();
      await read(another(), second.handle);
      await until('the rest is there', () => second.hasAll(later));
      expect(idsOf([...first.deliveries, ...second.deliveries])).toEqual(idsOf([...sent, ...later]));
    });
    promises('waits for a topic that is missing, names it, and reads it once it is made', async ({ bus }) => {
      topic = freshName('late');
      const reader = new Reader();
      const consumption = await read(bus, reader.handle);
      await until('it waits', () => consumption.state === 'waiting');
      expect(consumption.trouble).toMatch(/topic.* is missing/);
      await bus.prepare([planOf(topic)], true);
      await bus.publish(topic, [message('a', '1')]);
      await until('it is there', () => reader.deliveries.length === 1);
      expect(consumption).toMatchObject({ state: 'running', trouble: null });
    });
    promises('waits where nobody answers, says why, and can be stopped', async ({ unreachable }) => {
      const bus = unreachable();
      const consumption = await bus.consume(group, [topic], () => Promise.resolve());
      await until('it waits', () => consumption.state === 'waiting');
      expect(consumption.trouble).toMatch(/\w/);
      await consumption.stop();
      expect(consumption.state).toBe('stopped');
      await bus.close();
    });
  });
};
