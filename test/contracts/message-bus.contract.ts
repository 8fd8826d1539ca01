import { BusMisfit, BusUnavailable, type Consumption, type Delivery, type MessageBus } from '@rapport/kernel';
import { until } from '../support/patience';
import { freshName, message, messagesOf, planOf, Reader, type BusUnderTest, type MakeBus } from './buses';
import { groupContract } from './message-group.contract';

export const PATIENCE_MS = 60_000;

/** What every bus promises to those who send, and to one who reads. */
export const messageBusContract = (name: string, make: MakeBus): void => {
  describe(`message bus: ${name}`, () => {
    let under: BusUnderTest | null = null;
    const open: Consumption[] = [];
    let topic = '';
    beforeAll(async () => {
      under = await make();
    }, PATIENCE_MS);
    beforeEach(async () => {
      topic = freshName('topic');
      await under?.bus.prepare([planOf(topic)], true);
    }, PATIENCE_MS);
    afterEach(async () => {
      await Promise.all(open.splice(0).map((consumption) => consumption.stop()));
    }, PATIENCE_MS);
    afterAll(() => under?.close(), PATIENCE_MS);

    /** Without a broker there is nothing to promise: one line has said so. */
    const promises = (what: string, test: (there: BusUnderTest) => Promise<void>) =>
      it(what, async () => (under ? test(under) : undefined), PATIENCE_MS);
    const read = async (bus: MessageBus, reader = new Reader(), group = freshName('group')) => {
      open.push(await bus.consume(group, [topic], reader.handle));
      return reader;
    };
    const refusal = (doing: Promise<unknown>): Promise<Error> =>
      doing.then(
        () => new Error('it was done'),
        (error: unknown) => error as Error,
      );

    promises('names its driver', async ({ bus }) => expect(bus.driver).toMatch(/\w/));

    describe('what is sent', () => {
      promises('is brought in the order of its key, over several partitions', async ({ bus }) => {
        const sent = messagesOf(12, 25);
        await bus.publish(topic, sent.slice(0, 100));
        const reader = await read(bus);
        await bus.publish(topic, sent.slice(100));
        await until('all are there', () => reader.hasAll(sent));
        for (let k = 0; k < 12; k++)
          expect(reader.valuesOf(`k${k}`)).toEqual(Array.from({ length: 25 }, (_, n) => String(n)));
        const partitions = new Set(reader.deliveries.map(({ partition }) => partition));
        expect(partitions.size).toBeGreaterThan(1);
      });
      promises('in many calls at once keeps the order of the calls', async ({ bus }) => {
        const sent = messagesOf(3, 30);
        await Promise.all(sent.map((one) => bus.publish(topic, [one])));
        const reader = await read(bus);
        await until('all are there', () => reader.hasAll(sent));
        for (let k = 0; k < 3; k++)
          expect(reader.valuesOf(`k${k}`)).toEqual(Array.from({ length: 30 }, (_, n) => String(n)));
      });
      promises('has its place: topic, partition, rising offset, and a date', async ({ bus }) => {
        await bus.publish(topic, messagesOf(1, 3));
        const reader = await read(bus);
        await until('all are there', () => reader.deliveries.length >= 3);
        const [first, second] = reader.deliveries as [Delivery, Delivery];
        expect(first).toMatchObject({ topic, partition: expect.any(Number) as number });
        expect(BigInt(second.offset)).toBeGreaterThan(BigInt(first.offset));
        expect(new Date(first.at).toISOString()).toBe(first.at);
      });
      promises('comes back to the letter: key, text and headers', async ({ bus }) => {
        const odd = 'žluťoučký kůň, 客户, \u{1F600}, "\\n\n\t", \u0000';
        const sent = { key: odd, value: odd, headers: { ['content-type']: 'text/plain', odd, none: '' } };
        await bus.publish(topic, [sent, { key: 'empty', value: '', headers: {} }]);
        const reader = await read(bus);
        await until('both are there', () => reader.deliveries.length === 2);
        expect(reader.deliveries.find(({ key }) => key === odd)).toMatchObject(sent);
        expect(reader.deliveries.find(({ key }) => key === 'empty')).toMatchObject({
          value: '',
          headers: {},
        });
      });
      promises('may be nothing but its key', async ({ bus }) => {
        await bus.publish(topic, [message('gone', null)]);
        const reader = await read(bus);
        await until('it is there', () => reader.deliveries.length === 1);
        expect(reader.deliveries[0]).toMatchObject({ key: 'gone', value: null });
      });
      promises('is nothing when there is nothing to send', async ({ bus }) => {
        await expect(bus.publish(topic, [])).resolves.toBeUndefined();
      });
      promises('is kept once it was acknowledged, whatever becomes of the broker', async ({ bus, crash }) => {
        if (!crash) return void process.stdout.write(`skipped: ${name}, its broker is not killed here\n`);
        const sent = messagesOf(10, 20);
        await bus.publish(topic, sent);
        await crash();
        const reader = await read(bus);
        await until('all are there', () => reader.hasAll(sent));
      });
    });

    describe('what cannot be sent', () => {
      promises('is a message that is too large: its size and the limit are told', async ({ bus }) => {
        const large = message('huge', 'x'.repeat(2_000_000));
        const error = await refusal(bus.publish(topic, [message('small', '1'), large]));
        expect(error).toBeInstanceOf(BusMisfit);
        expect(error.message).toMatch(new RegExp(`"huge".*${topic}.* 20000\\d\\d bytes.*limit is \\d+`));
        const reader = await read(bus);
        await bus.publish(topic, [message('after', '1')]);
        await until('what came after is there', () => reader.deliveries.length > 0);
        expect(reader.deliveries.map(({ key }) => key)).toEqual(['after']);
      });
      promises('is anything to a topic that is missing', async ({ bus }) => {
        const error = await refusal(bus.publish(freshName('missing'), [message('a', '1')]));
        expect(error).toBeInstanceOf(BusMisfit);
        expect(error.message).toMatch(/missing.*create it/);
      });
      promises('is anything where nobody answers: it says what to do', async ({ unreachable }) => {
        const bus = unreachable();
        const doings = [
          () => bus.prepare([planOf(topic)], true),
          () => bus.publish(topic, [message('a', '1')]),
        ];
        for (const doing of doings) {
          const error = await refusal(doing());
          expect(error).toBeInstanceOf(BusUnavailable);
          expect(error.message).toMatch(/[Cc]heck that a broker runs|bring it up again/);
        }
        await bus.close();
      });
    });

    describe('a topic', () => {
      promises('that is missing is named, with what it needs', async ({ bus }) => {
        const missing = freshName('missing');
        const error = await refusal(bus.prepare([planOf(topic), planOf(missing, 7)], false));
        expect(error).toBeInstanceOf(BusMisfit);
        expect(error.message).toMatch(new RegExp(`${missing}.*7 partitions`, 'i'));
        expect(error.message).not.toMatch(topic);
      });
      promises('is made where that was asked for, and is not made again', async ({ bus }) => {
        const made = freshName('made');
        await bus.prepare([planOf(made, 2), { ...planOf(`${made}2`), retentionHours: null }], true);
        await bus.prepare([planOf(made, 2)], true);
        await expect(bus.prepare([planOf(made, 2), planOf(`${made}2`)], false)).resolves.toBeUndefined();
      });
      promises('may have more partitions than planned, and not fewer', async ({ bus }) => {
        await expect(bus.prepare([planOf(topic, 1)], false)).resolves.toBeUndefined();
        const error = await refusal(bus.prepare([planOf(topic, 9)], true));
        expect(error).toBeInstanceOf(BusMisfit);
        expect(error.message).toMatch(new RegExp(`${topic} has 4.*needs 9`));
      });
    });
  });
  groupContract(name, make);
};
