import { integer, policy, projection, text } from '@rapport/kernel';
import { reactionsOf, rowsOf } from '@rapport/kernel/spec';
import { FillJar, JarFilled, jarEvents } from '../support/jars';
import { playReactions, playRows } from '../support/played-specs';

const filled = (drops: number, at?: string) =>
  JarFilled.of({ jarId: 'a', drops, total: 0, color: 'red' }, at);
const shape = { name: 'counting', version: 1, about: 'Counts', key: 'jarId' } as const;
const columns = { drops: integer(), heard: text() };

describe('what a spec says of a read model', () => {
  it('holds when events come again, in any parts', async () => {
    const sums = projection(jarEvents, { ...shape, columns, history: true }).on({
      JarFilled: (row, { drops }) => ({ drops: row.drops + drops }),
    });
    const events = [filled(1), filled(2, '2024-01-01T00:00:00.000Z'), filled(3)];
    const rows = new Map([
      [
        'a',
        rowsOf(sums)
          .given(...events)
          .row('a')
          .value(),
      ],
    ]);
    await playRows({ of: sums, events, rows });
    const wrong = new Map([['a', { ...rows.get('a')!, drops: 7 }]]);
    await expect(playRows({ of: sums, events, rows: wrong })).rejects.toThrow(
      'counting@1 in 2 lanes, 1 events at a time',
    );
  });
  it('does not hold where it remembers beside its row', async () => {
    let heard = 0;
    const forgetful = projection(jarEvents, { ...shape, columns }).on({
      JarFilled: () => ({ drops: ++heard }),
    });
    const rows = new Map([['a', { key: 'a', drops: 1, heard: '' }]]);
    await expect(playRows({ of: forgetful, events: [filled(1)], rows })).rejects.toThrow('counting@1');
  });
});

describe('what a spec says of a policy', () => {
  const again = policy(jarEvents, {
    name: 'again',
    about: 'Fills again',
    key: 'jarId',
    columns: { times: integer() },
  }).on({
    JarFilled: ({ times }, { jarId, drops }) => ({
      remember: { times: times + 1 },
      send: [FillJar.of({ jarId, drops })],
    }),
  });
  const events = [filled(1), filled(2)];
  const sent = [1, 2].map((drops) => FillJar.of({ jarId: 'a', drops }));
  const memory = new Map([['a', { key: 'a', times: 2, dueAt: null, dueType: '', dueCommand: {} }]]);

  it('holds when events come again: what it sends has the same ids', async () => {
    reactionsOf(again)
      .given(...events)
      .then(...sent.slice(1));
    await playReactions({ of: again, events, memory, sent });
  });
  it('does not hold where it sends or remembers something else', async () => {
    await expect(playReactions({ of: again, events, memory, sent: sent.slice(1) })).rejects.toThrow(
      'commands of again',
    );
    await expect(playReactions({ of: again, events, memory: new Map(), sent })).rejects.toThrow(
      'again, 1 events at a time',
    );
  });
});
