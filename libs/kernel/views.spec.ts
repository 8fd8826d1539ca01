import {
  flag,
  howMany,
  instant,
  integer,
  json,
  maybe,
  projection,
  real,
  rollup,
  text,
  viewsOf,
  type Projection,
} from '.';

const model = projection(
  {},
  {
    ...{ name: 'open-jars', version: 2, about: 'Which jars are open?', key: 'jarId' as never },
    columns: {
      owner: text().says('Who opened it (SYS-01.1)'),
      openedAt: instant().says('When it was opened'),
      emptiedAt: maybe(instant()),
      grams: integer().says('What is in it (R-07, SYS-02)', 'g'),
      share: real(),
      sweet: flag(),
      labels: json<readonly string[]>([]),
    },
  },
).on({}) as unknown as Projection;
const kept: Projection = {
  ...model,
  question: 'jars',
  past: { ...model.table, name: 'jars@2~past', history: true },
};

const figures = rollup(model, {
  ...{ name: 'jar-figures', version: 1, about: 'How full are jars?', source: 'SYS-09' },
  by: { owner: ({ owner }) => String(owner), OWNER_KIND: () => '' },
  sums: { gramsAll: ({ grams }) => Number(grams) },
  durations: { untilEmpty: () => null },
  says: { rows: 'Jars', owner: 'Who opened them (SYS-01.1)', gramsAll: ['What is in them', 'g'] },
});

const named = (of: ReturnType<typeof viewsOf>[number] | undefined) =>
  of?.columns.map(({ name, column, as, sum }) => [name, column, as, ...(sum ? ['sum'] : [])]);

describe('the views of read models', () => {
  it('are called like the question, and each column as SQL spells it, in its type', () => {
    const [view] = viewsOf([model], []);
    expect(view).toMatchObject({
      name: 'open_jars',
      about: 'Which jars are open?',
      of: { name: 'open-jars@2' },
    });
    expect(named(view)).toEqual([
      ['jar_id', 'key', 'text'],
      ['owner', 'owner', 'text'],
      ['opened_at', 'openedAt', 'instant'],
      ['emptied_at', 'emptiedAt', 'instant'],
      ['grams', 'grams', 'integer'],
      ['share', 'share', 'real'],
      ['sweet', 'sweet', 'flag'],
      ['labels', 'labels', 'json'],
    ]);
  });
  it('say of each column what it says, its unit and its rules', () => {
    const [view] = viewsOf([model], []);
    expect(view?.columns.map(({ about }) => about)).toEqual([
      'Names the jar',
      'Who opened it (SYS-01.1)',
      'When it was opened',
      undefined,
      'What is in it (g; R-07, SYS-02)',
      ...[undefined, undefined, undefined],
    ]);
  });
  it('are two where versions are kept', () => {
    const [now, history] = viewsOf([kept], []);
    expect([now?.name, history?.name]).toEqual(['jars', 'jars_history']);
    expect(history?.of.name).toBe('jars@2~past');
  });
  it('call the key `key` where rows are named otherwise than by one field', () => {
    const other = projection(
      {},
      {
        ...{ name: 'shelves', version: 1, about: 'What stands where?', key: 'jarId' as never },
        ...{ per: 'jar and shelf', columns: { jarId: text(), jars: howMany() } },
      },
    ).on({}) as unknown as Projection;
    const [view] = viewsOf([other], []);
    expect(named(view)?.[0]).toEqual(['key', 'key', 'text']);
    expect(view?.columns[0]?.about).toBe('Names the jar and shelf');
  });
});

describe('the view of a rollup', () => {
  it('groups by what it groups by, adds up the rest, and has no histograms', () => {
    const [view] = viewsOf([], [figures]);
    expect(view).toMatchObject({
      name: 'jar_figures',
      about: 'How full are jars?',
      of: { name: 'jar-figures@1' },
    });
    expect(named(view)).toEqual([
      ['owner', 'owner', 'text'],
      ['owner_kind', 'OWNER_KIND', 'text'],
      ['rows', 'rows', 'integer', 'sum'],
      ['grams_all', 'gramsAll', 'integer', 'sum'],
    ]);
  });
  it('rests on the rules of the rollup, where a column does not name others', () => {
    const [view] = viewsOf([], [figures]);
    expect(view?.columns.map(({ about }) => about)).toEqual([
      ...['Who opened them (SYS-01.1)', undefined],
      ...['Jars (count; SYS-09)', 'What is in them (g; SYS-09)'],
    ]);
  });
});

describe('names that SQL would take for one, or cut off, are a fault', () => {
  it.each<[string, () => unknown]>([
    ['two models', () => viewsOf([model, model], [])],
    ['a model and a rollup', () => viewsOf([{ ...model, question: 'jar-figures' }], [figures])],
    ['a past and a model', () => viewsOf([kept, { ...model, question: 'jars-history' }], [])],
    ['two columns', () => viewsOf([withColumns({ openedAt: instant(), opened_at: text() })], [])],
    ['a name of 64 bytes', () => viewsOf([{ ...model, question: 'j'.repeat(64) }], [])],
    ['a column of 64 bytes', () => viewsOf([withColumns({ ['j'.repeat(64)]: text() })], [])],
    ['a name that begins with a digit', () => viewsOf([{ ...model, question: '1st-jar' }], [])],
  ])('%s', (_, views) => expect(views).toThrow(/SQL/));

  it('63 bytes are none', () => {
    expect(viewsOf([{ ...model, question: 'j'.repeat(63) }], [])).toHaveLength(1);
  });
});

const withColumns = (columns: Projection['table']['columns']): Projection => ({
  ...model,
  table: { ...model.table, columns },
});
