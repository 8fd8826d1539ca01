import { assertValid, fieldsOf, hydrate, Invalid, type Class, type Problem } from '.';
import { Count, Day, Flag, Id, Instant, ListOf, Money, OneOf, Optional, options } from '.';
import { Part, Personal, SomeOf, Text, Texts } from '.';

const Color = options('RED', 'BLUE');
class Place {
  @Text(20) city!: string;
  @Optional() @Instant() since?: string;
}
class Everything {
  @Id() id!: string;
  @Text(5) text!: string;
  @Flag() flag!: boolean;
  @Count(-1, 3) count!: number;
  @OneOf(Color) one!: keyof typeof Color;
  @SomeOf(Color, 2) some!: readonly (keyof typeof Color)[];
  @Instant() instant!: string;
  @Day() day!: string;
  @Part(Place) part!: Place;
  @ListOf(Place, 2) list!: readonly Place[];
  @Texts(3, 2) texts!: readonly string[];
  @Money() money!: { minor: number; currency: string };
  @Optional() @Text(5) @Personal('id') name?: string;
}
const good = {
  ...{ id: 'a-1', text: 'abc', flag: false, count: 0, one: 'RED', some: ['RED'] },
  ...{ instant: '2024-03-01T09:00:00.000Z', day: '2024-03-01', part: { city: 'Ulm' }, list: [], texts: [] },
  money: { minor: -5, currency: 'CNY' },
};
const problemsOf = (messageClass: Class, raw: object): readonly Problem[] => {
  try {
    assertValid(hydrate(messageClass, raw));
    return [];
  } catch (error) {
    if (error instanceof Invalid) return error.problems;
    throw error;
  }
};
const faultsOf = (raw: object) => [...new Set(problemsOf(Everything, raw).map(({ field }) => field))];

describe('every kind of field', () => {
  it('takes what it is there for', () => expect(problemsOf(Everything, good)).toEqual([]));

  it.each<[keyof typeof good | 'name', readonly unknown[]]>([
    ['id', ['a', '客户_1.2:3@x-Y', 'x'.repeat(80)]],
    ['text', ['a', ' a ', '客户客户客']],
    ['flag', [true, false]],
    ['count', [-1, 3]],
    ['one', ['RED', 'BLUE']],
    ['some', [['RED'], ['BLUE', 'RED']]],
    [
      'instant',
      [
        '2024-02-29T23:59:59.999Z',
        '2024-03-01T09:00:00Z',
        '2024-03-01T17:00+08:00',
        '2024-03-01T17:00:00+0800',
      ],
    ],
    ['day', ['2024-02-29']],
    ['part', [{ city: 'Ulm', since: '2024-03-01T09:00Z' }]],
    ['list', [[], [{ city: 'a' }, { city: 'b' }]]],
    ['texts', [[], ['abc', 'd']]],
    [
      'money',
      [
        { minor: 0, currency: 'EUR' },
        { minor: -1e15, currency: 'CNY' },
        { minor: 1e15, currency: 'GBP' },
      ],
    ],
    ['name', [undefined, 'Ann']],
  ])('%s takes its values', (field, values) => {
    for (const value of values) expect([value, faultsOf({ ...good, [field]: value })]).toEqual([value, []]);
  });

  const nothing = [undefined, null];
  it.each<[keyof typeof good | 'name', readonly unknown[]]>([
    ['id', [...nothing, '', 'a b', 'a/b', 'a\n', 'x'.repeat(81), 7, ['a'], {}]],
    ['text', [...nothing, '', '  \n', 'abcdef', 7, ['a']]],
    ['flag', [...nothing, 0, 'true']],
    ['count', [...nothing, -2, 4, 0.5, '1', Number.NaN, Infinity]],
    ['one', [...nothing, '', 'GREEN', 'red', 'toString', ['RED']]],
    ['some', [...nothing, [], ['GREEN'], ['RED', 'RED'], ['RED', 'GREEN'], 'RED']],
    [
      'instant',
      [...nothing, '', 'yesterday', '2024-03-01', '2024-03-01T09:00:00', '1709283600000', 1709283600000],
    ],
    ['day', [...nothing, '', '2024-3-1', '2024-03-01T00:00:00Z', '01.03.2024', 20240301]],
    ['part', [null, 'Ulm', 7, []]],
    ['list', [...nothing, { city: 'a' }, [{ city: 'a' }, { city: 'b' }, { city: 'c' }], 'a']],
    ['texts', [...nothing, 'a', ['abcd'], ['a', 'b', 'c'], [1]]],
    ['money', [null, 5, '5 EUR']],
    ['name', [null, '', 'too long']],
  ])('%s refuses everything else', (field, values) => {
    for (const value of values)
      expect([value, faultsOf({ ...good, [field]: value })]).toEqual([value, [field]]);
  });

  it.each([
    [{ part: {} }, 'part.city'],
    [{ part: { city: 'Ulm', since: 'ever' } }, 'part.since'],
    [{ list: [{ city: 'a' }, { city: '' }] }, 'list.1.city'],
    [{ money: { minor: 0.5, currency: 'EUR' } }, 'money.minor'],
    [{ money: { minor: 1e15 + 1, currency: 'EUR' } }, 'money.minor'],
    [{ money: { minor: 1, currency: 'eur' } }, 'money.currency'],
    [{ money: { minor: 1, currency: 'XXXX' } }, 'money.currency'],
    [{ money: { minor: 1 } }, 'money.currency'],
  ])('names the place inside a part: %j', (raw, path) =>
    expect(faultsOf({ ...good, ...raw })).toEqual([path]),
  );
});

describe('a message that is none', () => {
  it('is told everything that is wrong at once, field by field', () => {
    expect([...faultsOf({})].sort()).toEqual(Object.keys(good).sort());
  });
  it('is told its unknown fields by name, inside parts too', () => {
    expect(faultsOf({ ...good, colour: 'RED', part: { city: 'Ulm', zip: '1' } })).toEqual([
      'colour',
      'part.zip',
    ]);
  });
  it.each(['__proto__', 'constructor', 'toString'])(
    'is not led astray by a field called %s: it is unknown, and named',
    (name) => {
      const raw = JSON.parse(`${JSON.stringify(good).slice(0, -1)}, "${name}": {"id": "x"}}`) as object;
      expect(faultsOf(raw)).toEqual([name]);
      expect(({} as { id?: string }).id).toBeUndefined();
    },
  );
  it('hears of each problem: the rule, and a sentence', () => {
    expect(problemsOf(Everything, { ...good, id: 'a b' })).toEqual([
      { field: 'id', rule: 'matches', message: 'id must be 1 to 80 letters, digits or _ . : @ -' },
    ]);
  });
});

describe('hydration', () => {
  it('makes instances of message and parts', () => {
    const made = hydrate(Everything, { ...good, list: [{ city: 'a' }] });
    expect([made, made.part, made.list[0]].map((each) => each?.constructor)).toEqual([
      Everything,
      Place,
      Place,
    ]);
  });
  it('gives each instant its one form, so that text order is time order', () => {
    const { instant, part } = hydrate(Everything, {
      instant: '2024-03-01T17:00+08:00',
      part: { city: 'Ulm', since: '2024-03-01T09:00:00.1234Z' },
    });
    expect([instant, part.since]).toEqual(['2024-03-01T09:00:00.000Z', '2024-03-01T09:00:00.123Z']);
  });
});

describe('the fields of a class', () => {
  class Older {
    @Id() id!: string;
  }
  class Newer extends Older {
    @Optional() @Text(9) @Personal('id') name?: string;
  }
  it('are known with what they mean, the inherited ones first', () => {
    expect(fieldsOf(Newer)).toEqual([{ name: 'id' }, { name: 'name', optional: true, subject: 'id' }]);
    expect(fieldsOf(Older)).toEqual([{ name: 'id' }]);
  });
  it('include parts and instants', () => {
    const named = new Map(fieldsOf(Everything).map((field) => [field.name, field]));
    expect(named.get('list')?.part).toBe(Place);
    expect(named.get('instant')?.instant).toBe(true);
  });
});

describe('a message without fields', () => {
  class Nothing {}

  it('is valid as long as it holds nothing', () => {
    expect(problemsOf(Nothing, {})).toEqual([]);
    expect(problemsOf(Nothing, { more: 1 })).toMatchObject([{ field: 'more' }]);
    expect(() => assertValid({})).toThrow(Invalid);
  });
});
