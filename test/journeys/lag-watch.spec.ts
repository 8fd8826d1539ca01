import { positionOf, STATES } from '@rapport/kernel';
import { LagWatch, type Application } from '@rapport/platform';
import { send } from '../support/jar-application';
import { until } from '../support/patience';
import { CheckIn, hotel } from '../support/small-hotel';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const NOW = '2024-03-01T09:00:00.000Z';
const MINUTE = 60_000;

/** A hotel with one guest, whose arrival the log took long ago; `lag` lets its visits be behind, or not. */
const opened = async () => {
  const application: Application = hotel(() => NOW);
  const { rows, store } = application;
  const [position, readAll] = [rows.position.bind(rows), store.log.readAll.bind(store.log)];
  let isBehind = false;
  rows.position = async (name) => (isBehind && name === 'visits@1' ? positionOf(0) : position(name));
  store.log.readAll = async (...asked) =>
    (await readAll(...asked)).map((event) => ({ ...event, recordedAt: NOW }));
  await application.start();
  const command = CheckIn.of({ guestId: 'ann', name: 'Ann', room: 'SINGLE', nights: 1 });
  await send(application, '1', command, NOW);
  await application.settle();
  await until('keepers have told how they are', async () => (await rows.count(STATES)) > 0);
  const lines: string[] = [];
  const watch = new LagWatch(application, (level, what) => void lines.push(`${level}: ${what}`));
  return { application, watch, lines, lag: (is: boolean) => (isBehind = is) };
};

describe('a model that is behind', () => {
  it('for long is told of once, and once more when it has caught up', async () => {
    const { application, watch, lines, lag } = await opened();
    lag(true);
    for (const minutes of [0, 1]) await watch.look(minutes * MINUTE);
    expect(lines).toEqual([]);
    for (const minutes of [3, 9]) await watch.look(minutes * MINUTE);
    expect(lines).toEqual([
      expect.stringMatching(
        /^warn: visits@1 has been behind for 3 minutes: 1 events, the oldest of them \d+ s old; live$/,
      ),
    ]);
    lag(false);
    for (const minutes of [10, 11]) await watch.look(minutes * MINUTE);
    expect(lines.slice(1)).toEqual(['info: visits@1 is no longer behind']);
    await application.stop();
  });

  it('for a moment is not worth a line', async () => {
    const { application, watch, lines, lag } = await opened();
    for (const minutes of [0, 1, 2, 3, 4, 5]) {
      lag(minutes % 2 === 0);
      await watch.look(minutes * MINUTE);
    }
    expect(lines).toEqual([]);
    await application.stop();
  });
});
