import { MemoryEventLog, MemoryKeyRing, MemoryRowStore } from '@rapport/adapters/memory';
import {
  EventStore,
  LIVE,
  pauseModel,
  Projector,
  Rebuild,
  resumeModel,
  StandsStill,
  Subscription,
  type Checkpoint,
} from '@rapport/kernel';
import { FaultyRows } from '../support/faulty-rows';
import { jarApplication, send } from '../support/jar-application';
import { ANN, beats, fill, open, settled } from '../support/jar-setting';
import { jarEvents } from '../support/jars';
import { moodyJars } from '../support/moody-jars';
import { playTime } from '../support/played-time';

beforeEach(playTime);
afterEach(() => jest.useRealTimers());

const BATCH = 3;

/** Two models of one subscription, each with a mood of its own. */
const two = async () => {
  const [one, other] = [moodyJars('one'), moodyJars('other')];
  const stores = { log: new MemoryEventLog(), rows: new MemoryRowStore(), keys: new MemoryKeyRing() };
  const faulty = new FaultyRows(stores.rows);
  const desk = jarApplication(stores, { loops: [], readModels: [], rollups: [] });
  await desk.start();
  const failures: unknown[] = [];
  const store = new EventStore(stores.log, stores.keys, [jarEvents]);
  const subscribers = [one, other].map(({ model, figures }) => new Projector(model, [figures]));
  const subscription = new Subscription({ rows: faulty.rows, store }, subscribers, {
    pace: { ...LIVE, batchMax: BATCH },
    seats: { group: 'test', lanes: 1, member: 'me', leaseMs: 10_000, takes: 'share' },
    onFailure: (error) => failures.push(error),
  });
  let sent = 0;
  const sends = async (...commands: readonly object[]) => {
    for (const command of commands) await send(desk, `${sent++}`, command);
    await settled();
  };
  const states = () => subscribers.map((each) => subscription.stateOf(each));
  const positions = () => subscribers.map((each) => subscription.position(each.name));
  const differing = async () => {
    const rebuild = new Rebuild(
      { rows: stores.rows, store },
      [one.model, other.model],
      [one.figures, other.figures],
    );
    await rebuild.run();
    const compared = await rebuild.compare();
    return compared.filter(({ identical }) => !identical).map(({ model }) => model);
  };
  const pause = ({ model }: typeof one) => pauseModel(stores.rows, model.name, ANN);
  const resume = ({ model }: typeof one) => resumeModel(stores.rows, model.name);
  return {
    one,
    other,
    stores,
    faulty,
    subscription,
    failures,
    sends,
    states,
    positions,
    differing,
    pause,
    resume,
  };
};
/** Commits that move this model. */
const moves = (name: string) => (args: readonly unknown[]) =>
  (args[1] as readonly Checkpoint[]).some(({ subscriber, from, to }) => subscriber === name && to > from);

describe('models that meet an event from the future', () => {
  it('all at once stand still, and go on where they stood when they are resumed', async () => {
    const { one, other, subscription, failures, sends, states, positions, differing, pause, resume } =
      await two();
    await subscription.start();
    await sends(open('a'), fill('a', 1));
    one.mood.cannotRead = other.mood.cannotRead = () => new StandsStill('from the future');
    await sends(fill('a', 2), fill('a', 3));
    expect([states(), positions(), failures]).toEqual([
      Array(2).fill('stands still: from the future'),
      [2, 2],
      [],
    ]);
    const reached = subscription.reached(subscription.position(), 5_000);
    expect(await reached).toBe(true);
    one.mood.cannotRead = other.mood.cannotRead = () => null;
    await beats(2);
    expect(positions()).toEqual([2, 2]); // nobody has said that a newer program is there
    for (const each of [one, other]) await pause(each);
    await beats(1);
    for (const each of [one, other]) await resume(each);
    await beats(2);
    expect([positions(), states(), await differing(), failures]).toEqual([[4, 4], ['live', 'live'], [], []]);
    await subscription.stop();
  });
});

describe('a model that has to catch up', () => {
  const behind = async () => {
    const setting = await two();
    const { one, other, subscription, faulty, sends, pause, resume } = setting;
    await subscription.start();
    await pause(one);
    await beats(1);
    await sends(open('a'), ...Array.from({ length: 9 }, (_, n) => fill('a', n + 1)));
    await resume(one);
    const go = faulty.hold('commit', moves(one.model.name));
    await beats(1);
    return { ...setting, go, other };
  };

  it('does so by itself, and the others need not wait; then it goes on with them', async () => {
    const { subscription, sends, states, positions, differing, go } = await behind();
    expect([states(), positions()]).toEqual([
      ['catching up', 'live'],
      [0, 10],
    ]);
    go();
    await sends(fill('a', 1), fill('a', 2), open('b'), fill('b', 1));
    await settled();
    expect([states(), positions(), await differing()]).toEqual([['live', 'live'], [14, 14], []]);
    await subscription.stop();
  });
  it('can be paused on its way, and goes on from there', async () => {
    const { one, subscription, faulty, sends, states, positions, differing, pause, resume, go } =
      await behind();
    await pause(one);
    go();
    const goOn = faulty.hold('commit', (args) => moves(one.model.name)(args) && positions()[0]! > 0);
    await beats(1);
    goOn();
    await beats(1);
    await sends(fill('a', 1));
    const [at = 0] = positions();
    expect([states(), at]).toEqual([['paused by ann: mended', 'live'], expect.any(Number)]);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(11);
    await resume(one);
    await beats(2);
    expect([states(), positions(), await differing()]).toEqual([['live', 'live'], [11, 11], []]);
    await subscription.stop();
  });
  it('is alone when all others are paused, and none waits for it when they come back', async () => {
    const { one, other, subscription, sends, states, positions, differing, pause, resume, go } =
      await behind();
    await pause(other);
    go();
    await beats(2);
    await sends(fill('a', 5));
    expect([states(), positions()]).toEqual([
      ['live', 'paused by ann: mended'],
      [11, 10],
    ]);
    await pause(one);
    await beats(1);
    await sends(fill('a', 6));
    for (const each of [one, other]) await resume(each);
    await beats(2);
    expect([states(), positions(), await differing()]).toEqual([['live', 'live'], [12, 12], []]);
    await subscription.stop();
  });
});
