import {
  figureTables,
  groupsBy,
  groupsOf,
  projection,
  Regrouping,
  rollup,
  type Rollup,
} from '@rapport/kernel';
import { integer, text } from '@rapport/kernel';
import { jarApplication, send, sqliteStores } from '../support/jar-application';
import { jarEvents, FillJar, OpenJar } from '../support/jars';

/** The same model in one version and another, and figures with cuts or without. */
const program = (version: number, cuts: readonly ['color'][]) => {
  const model = projection(jarEvents, {
    ...{ name: 'filled', version, about: 'How full is each jar?', key: 'jarId' },
    columns: { color: text(), total: integer() },
  }).on({
    JarOpened: (_, { color }) => ({ color }),
    JarFilled: ({ total }, { drops }) => ({ total: total + drops }),
  });
  const figures = rollup(model, {
    ...{ name: 'filled-by', version },
    by: { color: ({ color }) => color, empty: ({ total }) => String(total === 0) },
    sums: { drops: ({ total }) => total },
    cuts,
  });
  return { model, figures, plan: { readModels: [model], rollups: [figures], policies: [] } };
};
const old = program(1, []);
const deeds = [
  ...['a', 'b', 'c'].map((jarId) => OpenJar.of({ jarId, color: jarId === 'c' ? 'blue' : 'red' })),
  ...['a', 'b'].map((jarId) => FillJar.of({ jarId, drops: 2 })),
];

/** What the next program finds where the old one has kept rows of everything that has happened. */
const afterwards = async ({ plan, model, figures }: ReturnType<typeof program>) => {
  const stores = await sqliteStores(null);
  const before = jarApplication(stores, old.plan);
  await before.start();
  for (const [n, deed] of deeds.entries()) await send(before, `${n}`, deed);
  await before.settle();
  await before.pause();
  const app = jarApplication(stores, plan);
  await app.start();
  await app.settle();
  const whole = groupsOf(figures, await app.rows.find(model.table, { limit: 99 }));
  const { byColor } = await groupsBy(app.rows, figures, { byColor: ['color'] });
  const kept = await Promise.all(figureTables(figures).map((table) => app.rows.count(table)));
  await app.stop();
  return { byColor, expected: byColorOf(figures, whole), kept };
};
const byColorOf = (figures: Rollup, whole: ReturnType<typeof groupsOf>) => {
  const regrouping = new Regrouping({ by: ['color'] }, figures);
  for (const group of whole) regrouping.add(group);
  return regrouping.groups;
};

describe('a cut that is new to a model', () => {
  it('is right at the next start where the model has a new version: it is read from the beginning', async () => {
    const { byColor, expected, kept } = await afterwards(program(2, [['color']]));
    expect(byColor).toEqual(expected);
    expect(byColor.map((group) => [group['color'], group.rows, group['drops']])).toEqual([
      ['blue', 1, 0],
      ['red', 2, 4],
    ]);
    expect(kept).toEqual([2, 2]);
  });
  it('would be empty without one, which is why the versions of models are held to their figures', async () => {
    const { byColor, kept } = await afterwards(program(1, [['color']]));
    expect(byColor).toEqual([]);
    expect(kept).toEqual([2, 0]);
  });
});
