import { pastOf, viewsOf, type Column, type Columns } from '@rapport/kernel';
import { readModels, rollups } from '@rapport/read-models';

/** Every column of everything that analysts read. */
const tables: readonly (readonly [name: string, columns: Columns])[] = [
  ...readModels.map(({ question, table }) => [question, table.columns] as const),
  ...rollups.map(({ name, table }) => [name, table.columns] as const),
  ['a past', pastOf('a past', {}).columns],
];
const columns: readonly (readonly [name: string, column: Column, where: string])[] = tables.flatMap(
  ([table, all]) => Object.entries(all).map(([name, column]) => [name, column, `${table}.${name}`] as const),
);
const wrong = (isWrong: (name: string, column: Column) => boolean): readonly string[] =>
  columns.filter(([name, column]) => isWrong(name, column)).map(([, , where]) => where);

/** One word for one thing, so that whoever reads two tables need not ask whether they mean the same. */
const UNITS: ReadonlySet<string> = new Set([
  ...['count', 'ordinal', 'version', 'points', 'level 1–4', '%', 'ISO 4217', 'minor units'],
  ...['ms', 'seconds', 'minutes', 'hours', 'days', 'month', 'day', 'person-days', 'IANA time zone'],
  'position in the log',
]);

const FILLERS =
  'a an and at be been by for from had has have in is it its not of on or than that the to was when who whose with';
const ignored = new Set(FILLERS.split(' '));
/** `Time it was closed at` → `time clos`: endings do not make it another word. */
const wordsOf = (text: string): readonly string[] =>
  (
    text
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  )
    .filter((word) => !ignored.has(word))
    .map((word) => word.replace(/(ed|ing|s|e)$/, ''));
const saysMoreThan = (name: string, about: string): boolean => {
  const known = new Set(wordsOf(name));
  return wordsOf(about).some((word) => !known.has(word));
};

describe('what a column says', () => {
  it('is a sentence that begins like one and needs no full stop', () => {
    expect(wrong((_, { about = '' }) => !/^[A-Z0-9].*[^.\s]$/.test(about))).toEqual([]);
  });
  it('is one line', () => {
    expect(wrong((_, { about = '' }) => about.includes('\n') || about.length > 140)).toEqual([]);
  });
  it('is more than its name', () => {
    expect(wrong((name, { about = '' }) => !saysMoreThan(name, about))).toEqual([]);
    const examples = [
      ['closedAt', 'When it was closed'],
      ['purchases', 'The purchases'],
      ['customerId', 'Id of the customer'],
    ] as const;
    expect(examples.filter(([name, about]) => saysMoreThan(name, about))).toEqual([]);
  });
  it('names the rules that it comes from', () => {
    const rules = /^((R-\d\d|SYS-\d\d(\.\d)?|C-\d\d)(, |$))+$/;
    expect(wrong((_, { source = '' }) => !rules.test(source))).toEqual([]);
  });
});

describe('a column', () => {
  it('that is a number has a unit', () => {
    const isNumber = (kind: Column['kind']) => kind === 'integer' || kind === 'real';
    expect(wrong((_, { kind, unit = '' }) => isNumber(kind) && unit === '')).toEqual([]);
  });
  it('has its unit in the one word of the house', () => {
    const inOneWord = (unit: string) => UNITS.has(unit) || /^points (\d+–\d+)$/.test(unit);
    expect(wrong((_, { unit }) => unit !== undefined && !inOneWord(unit))).toEqual([]);
  });
  it('that is yes or no about a priority customer has one name, as a level is called priority', () => {
    expect(wrong((name, { kind }) => name === 'priority' && kind === 'flag')).toEqual([]);
  });
  it('that is a moment is declared as one', () => {
    const isMoment = (name: string) => /(At|Since|Due)$|^(at|since)$/.test(name);
    expect(wrong((name, { kind, instant }) => kind === 'text' && isMoment(name) && !instant)).toEqual([]);
  });
});

describe('a read model and a rollup', () => {
  it('say what they answer', () => {
    const about = [
      ...readModels.map((model) => [model.question, model.about] as const),
      ...rollups.map((rollup) => [rollup.name, rollup.about] as const),
    ];
    expect(about.filter(([, sentence]) => !/^[A-Z].+[.?)]$/.test(sentence))).toEqual([]);
  });
  it('have views whose names SQL can tell apart', () => {
    expect(viewsOf(readModels, rollups).length).toBeGreaterThan(readModels.length + rollups.length);
  });
});
