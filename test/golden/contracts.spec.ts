import * as fc from 'fast-check';
import { assertValid, fieldsOf, hydrate, versionOf, type Class } from '@rapport/kernel';
import { contracts, idOf } from '@rapport/integration';
import { schemaOf } from '@rapport/platform';
import { contractFile, contractFiles, frozen, promiseOf, textOf } from './contract-files';
import { events, goldenFile, readGolden } from './golden-files';

const named = contracts.map((contract) => [idOf(contract), contract] as const);
const eventOf = (type: string): Class => events[type] as Class;
const exampleOf = (type: string): Record<string, unknown> => ({
  ...readGolden(goldenFile(type, versionOf(eventOf(type)))),
});

describe('every contract that was ever published', () => {
  test.each(named)(
    '%s is as it was frozen (npm run golden:new adds; a change is a new version in a new file)',
    (_, contract) => {
      expect(textOf(promiseOf(contract))).toBe(frozen(contract));
    },
  );

  test('a contract that is gone is noticed', () => {
    expect([...contractFiles()].sort()).toEqual(contracts.map(contractFile).sort());
  });

  test.each(named)('%s tells what its own fields allow', (_, contract) => {
    for (const type of contract.events) {
      const body = contract.bodyOf({ type, data: exampleOf(type), occurredAt: '2024-03-01T10:30:00.000Z' });
      expect(() => assertValid(hydrate(contract.body, body))).not.toThrow();
      expect(Object.keys(body)).toContain(contract.key);
    }
  });
});

describe('what never leaves the house', () => {
  const MARK = 'MARKED-ANN-7';
  const marked = (type: string, mark: string): Record<string, unknown> => {
    const personal = fieldsOf(eventOf(type)).filter(({ subject }) => subject !== undefined);
    return { ...exampleOf(type), ...Object.fromEntries(personal.map(({ name }) => [name, mark])) };
  };

  test.each(named)('%s: not one personal field of an event', (_, contract) => {
    for (const type of contract.events) {
      const personal = fieldsOf(eventOf(type)).flatMap(({ name, subject }) => (subject ? [name] : []));
      const at = '2024-03-01T10:30:00.000Z';
      fc.assert(
        fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), (noise) => {
          const mark = `${MARK}${noise}`;
          const text = JSON.stringify(contract.bodyOf({ type, data: marked(type, mark), occurredAt: at }));
          expect(text).not.toContain(MARK);
        }),
        { numRuns: 25 },
      );
      for (const name of personal)
        expect(fieldsOf(contract.body).map((field) => field.name)).not.toContain(name);
    }
  });

  test('the marker would be found: some events told have personal fields', () => {
    const personal = contracts.flatMap(({ events: types }) =>
      types.flatMap((type) => fieldsOf(eventOf(type)).filter(({ subject }) => subject)),
    );
    expect(personal.length).toBeGreaterThan(5);
  });

  test.each(named)('%s: no free text, in which a name could stand unmarked', (_, { body }) => {
    const free = Object.entries(schemaOf(body).properties ?? {}).filter(([, schema]) => {
      const { type, format, enum: words, pattern, items } = { ...schema, ...schema.items };
      const isText = type === 'string' || items?.type === 'string';
      return isText && format !== 'date-time' && words === undefined && !String(pattern).includes('{1,80}');
    });
    expect(free).toEqual([]);
  });
});
