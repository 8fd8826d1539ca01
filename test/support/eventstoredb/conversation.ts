import * as db from '@eventstore/db-client';
import type { AppendExpectedRevision } from '@eventstore/db-client';
import { Talk } from './talk';

/**
 * One script of client calls. Said to two servers that behave alike, its transcript is the same to the letter: streams
 * and ids lose what is peculiar to the run, positions become ranks, times vanish.
 */
export const conversation = async (url: string): Promise<string> => {
  const talk = new Talk(url);
  await talk.begin();
  for (const [name, part] of Object.entries(PARTS)) {
    talk.lines.push(`== ${name}`);
    await part(talk);
  }
  void talk.client.dispose(); // its stream for batches would keep the process alive; not awaited: it may hang
  return talk.transcript();
};

type Options = Record<string, unknown>;
const UNARY = { credentials: { username: 'admin', password: 'changeit' } };
const WAYS: [string, Options][] = [
  ['batch', {}],
  ['unary', UNARY],
];

const PARTS: Record<string, (talk: Talk) => Promise<void>> = {
  async appends(talk) {
    for (const [way, how] of WAYS) {
      const append = (labels: string, at: AppendExpectedRevision, name = `a-${way}`) =>
        talk.append(
          way,
          name,
          labels.replace(/\S+/g, (one) => `${way}${one}`),
          at,
          how,
        );
      await append('1', 5n);
      await append('1', db.STREAM_EXISTS);
      await append('1', db.NO_STREAM);
      await append('2', db.NO_STREAM);
      await append('2', 0n);
      for (const at of [0n, 9n, 2n]) await append('3', at);
      await append('3 4 5', db.ANY);
      await append('6', db.STREAM_EXISTS);
      await append('', 5n);
      await append('', 1n);
      await append('7 7', 5n);
      await append('1', db.ANY, `other-${way}`);
      await talk.say('the stream', () => talk.read(`a-${way}`));
    }
  },
  async repeated(talk) {
    for (const [way, how] of WAYS) {
      const append = (labels: string, at: AppendExpectedRevision, name = `r-${way}`) =>
        talk.append(
          way,
          name,
          labels.replace(/\S+/g, (one) => `r${way}${one}`),
          at,
          how,
        );
      const [none, any, exists] = [db.NO_STREAM, db.ANY, db.STREAM_EXISTS] as const;
      await append('1 2', none);
      for (const at of [none, any, exists]) await append('1 2', at);
      await append('3', 1n);
      await append('3', 1n);
      await append('4 5', 2n);
      await append('3', 1n);
      await append('3', 0n);
      await append('1 2', none);
      await append('1', none);
      await append('2', none);
      await append('2', 0n);
      await append('2 3', 0n);
      await append('2 3', any);
      await append('1 x', none);
      await append('1 x', any);
      await append('x 1', any);
      await append('5 y', 3n);
      await append('5 y', 2n);
      await append('1 3', any);
      await append('5', 4n);
      await append('5', 4n);
      await append('5', 3n);
      await append('5', any);
      await append('1', any, `s-${way}`);
      const other = talk.event(`r${way}1`, { another: 'body' });
      await talk.say(`${way} other body`, () =>
        talk.client.appendToStream(talk.stream(`r-${way}`), other, {
          expectedRevision: none,
          ...how,
        }),
      );
      await talk.say('the stream', () => talk.read(`r-${way}`));
    }
  },
  async bodies(talk) {
    const [client, name] = [talk.client, talk.stream('b')];
    const binary = { ...talk.event('binary'), contentType: 'application/octet-stream' };
    const bytes = { data: Uint8Array.from([0, 255]), metadata: Uint8Array.from([7, 8]) };
    await talk.say('bytes', () => client.appendToStream(name, { ...binary, ...bytes } as never));
    const odd = talk.event('odd', { text: 'é😀\u0000', none: null, list: [] });
    await talk.say('odd', () => client.appendToStream(name, odd));
    const about = { metadata: { $correlationId: 'c', deep: { x: 1 } } };
    await talk.say('text', () => client.appendToStream(name, talk.event('text', 'text', about)));
    for (const [way, how] of WAYS)
      for (const over of [0, 1, 1_000_000]) {
        const big = [1, 2].map((n) =>
          talk.event(`${way}${over}${n}`, 'x'.repeat(524_286 + (n - 1) * over), about),
        );
        await talk.say(`${way} ${over} too many`, () =>
          client.appendToStream(talk.stream('big'), big, { ...how }),
        );
      }
    await talk.say('the stream', () => talk.read('b'));
  },
  async reads(talk) {
    await talk.append('batch', 'read', 'a b c d', db.ANY);
    for (const direction of [db.FORWARDS, db.BACKWARDS])
      for (const fromRevision of [db.START, db.END, 0n, 2n, 3n, 99n])
        for (const maxCount of [1, 2, 99])
          await talk.say(`${direction} from ${fromRevision} max ${maxCount}`, async () =>
            revisions(await talk.read('read', { direction, fromRevision, maxCount })),
          );
    await talk.say('nobody', () => talk.read('nobody'));
    await talk.say('nobody backwards', () => talk.read('nobody', { direction: db.BACKWARDS }));
    const [first] = (await talk.all({})).slice(-4) as db.AllStreamResolvedEvent[];
    const at = first!.event!.position;
    for (const direction of [db.FORWARDS, db.BACKWARDS])
      await talk.say(`all ${direction} from a place`, async () =>
        revisions(await talk.all({ fromPosition: at, maxCount: 3, direction })),
      );
    for (const by of [-1n, 1n, 10n]) {
      const beside = { commit: at.commit + by, prepare: at.prepare + by };
      await talk.say(`all beside a place ${by}`, () => talk.all({ fromPosition: beside }));
    }
    const end = { commit: 777_777_777_777n, prepare: 777_777_777_777n };
    await talk.say('all past the end', () => talk.all({ fromPosition: end }));
    const last = { fromPosition: db.END, direction: db.BACKWARDS, maxCount: 2 };
    await talk.say('all backwards from the end', async () => revisions(await talk.all(last)));
    await talk.say('all forwards from the end', () => talk.all({ fromPosition: db.END }));
  },
  async metadata(talk) {
    const [client, name] = [talk.client, talk.stream('m')];
    await talk.append('batch', 'm', 'm0 m1 m2 m3 m4', db.ANY);
    const set = async (metadata: object, options: object = {}) => {
      await talk.say(`set ${JSON.stringify(metadata)}`, () =>
        client.setStreamMetadata(name, metadata as db.StreamMetadata, options),
      );
      await talk.say('get', () => client.getStreamMetadata(name));
      await talk.say('read', async () => revisions(await talk.read('m')));
    };
    await talk.say('get unset', () => client.getStreamMetadata(name));
    await set({ maxCount: 2 });
    await set({ maxCount: 3 }, { expectedRevision: 7n });
    await set({ truncateBefore: 4, custom: { a: 1 } });
    await set({ truncateBefore: 100 });
    await talk.append('batch', 'm', 'm5', db.ANY);
    await talk.say('read', async () => revisions(await talk.read('m')));
    await talk.append('batch', 'm', 'm5', 4n);
    await set({});
  },
  async deletes(talk) {
    const [client, name] = [talk.client, talk.stream('d')];
    await talk.append('batch', 'd', 'd0 d1', db.ANY);
    await talk.say('at 7', () => client.deleteStream(name, { expectedRevision: 7n }));
    await talk.say('at none', () => client.deleteStream(name, { expectedRevision: db.NO_STREAM }));
    await talk.say('missing', () => client.deleteStream(talk.stream('nobody')));
    await talk.say('missing, tombstone', () => client.tombstoneStream(talk.stream('nobody2')));
    await talk.say('delete', () => client.deleteStream(name, { expectedRevision: 1n }));
    await talk.say('read', () => talk.read('d'));
    await talk.say('metadata', () => client.getStreamMetadata(name));
    await talk.append('unary', 'd', 'd9', db.STREAM_EXISTS, UNARY);
    await talk.append('unary', 'd', 'd2', db.NO_STREAM, UNARY);
    await talk.append('unary', 'd', 'd2', db.NO_STREAM, UNARY);
    await talk.append('unary', 'd', 'd3', 2n, UNARY);
    await talk.say('read', async () => revisions(await talk.read('d')));
    await talk.say('metadata', () => client.getStreamMetadata(name));
    await talk.say('tombstone', () => client.tombstoneStream(name));
    await talk.say('read', () => talk.read('d'));
    await talk.say('metadata', () => client.getStreamMetadata(name));
    for (const [way, how] of WAYS)
      for (const at of [db.ANY, db.NO_STREAM, 3n] as const) await talk.append(way, 'd', 'd4', at, how);
    await talk.say('delete', () => client.deleteStream(name));
    await talk.say('all', async () => revisions((await talk.all({})).slice(-1)));
  },
  async subscriptions(talk) {
    const { client } = talk;
    const more = (name: string, labels: string) => async () => {
      for (const label of labels.split(' '))
        await client.appendToStream(talk.stream(name), talk.event(label));
    };
    await talk.append('batch', 's', 's0 s1 s2', db.ANY);
    const stream = (name: string, fromRevision: bigint | 'start' | 'end') => () =>
      client.subscribeToStream(talk.stream(name), { fromRevision }) as db.AllStreamSubscription;
    await talk.listen('from the start', stream('s', db.START), more('s', 's3'));
    await talk.listen('from 1', stream('s', 1n), more('s', 's4'));
    await talk.listen('from the end', stream('s', db.END), more('s', 's5'));
    await talk.listen('not there yet', stream('later', db.START), more('later', 'l0'));
    const all =
      (filter: db.Filter, fromPosition: db.ReadPosition = db.START) =>
      () =>
        client.subscribeToAll({ fromPosition, filter });
    const ours = db.streamNameFilter({ prefixes: [talk.stream('s')] });
    await talk.listen('all, by stream', all(ours), more('s', 's6'));
    await talk.listen('all, from the end', all(ours, db.END), more('s', 's7'));
    const [, second] = (await talk.all({})).filter((one) =>
      (one as db.AllStreamResolvedEvent).event!.streamId.startsWith('s-'),
    ) as db.AllStreamResolvedEvent[];
    await talk.listen('all, after a place', all(ours, second!.event!.position), async () => undefined);
    const pattern = db.streamNameFilter({ regex: `^later-.*${talk.stream('').slice(1)}$` });
    await talk.listen('all, by pattern', all(pattern), more('later', 'l1'));
    const reached: bigint[] = [];
    const counting = db.streamNameFilter({
      ...{ prefixes: ['nothing'], checkpointInterval: 1 },
      checkpointReached: async (_, { commit }) => void reached.push(commit),
    });
    const noise = Array.from({ length: 100 }, (_, n) => `n${n}`).join(' ');
    await talk.listen('all, checkpoints', all(counting), more('noise', noise));
    const rising = reached.every((at, n) => n === 0 || at >= reached[n - 1]!);
    await talk.say('checkpoints', async () => ({ some: reached.length >= 3, rising }));
    const end = () => client.tombstoneStream(talk.stream('gone'));
    await talk.append('batch', 'gone', 'g0', db.ANY);
    await talk.listen('tombstoned meanwhile', stream('gone', db.START), end);
    await talk.listen('tombstoned before', stream('gone', db.START), async () => undefined);
  },
};

const revisions = (events: unknown) =>
  (events as db.AllStreamResolvedEvent[]).map(({ event }) => `${event!.streamId}@${event!.revision}`);
