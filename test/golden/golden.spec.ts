import { assertValid, fieldsOf, hydrate, upcast, versionOf, type Class } from '@rapport/kernel';
import { events, goldenFile, goldenFiles, readGolden } from './golden-files';

const classes = Object.entries(events);
const range = (last: number) => Array.from({ length: last }, (_, n) => n + 1);
const versions = classes.flatMap(([type, messageClass]) =>
  range(versionOf(messageClass)).map((v) => [type, v] as const),
);

/** What was stored under a version, as the program reads it today. */
const readToday = (messageClass: Class, version: number): object =>
  hydrate(messageClass, upcast(messageClass, readGolden(goldenFile(messageClass.name, version)), version));

describe('every event version ever stored', () => {
  test.each(versions)('%s v%i has a frozen example (npm run golden:new)', (type, version) => {
    expect(goldenFiles()).toContain(goldenFile(type, version));
  });

  test.each(versions)('%s v%i reads today', (type, version) => {
    const messageClass = events[type]!;
    expect(() => assertValid(readToday(messageClass, version))).not.toThrow();
  });

  test.each(classes)(
    '%s: the newest example has the declared fields, each of them and no other',
    (type, messageClass) => {
      const golden = readGolden(goldenFile(type, versionOf(messageClass)));
      expect(shapeOf(messageClass, golden)).toEqual(declaredShape(messageClass));
    },
  );

  test('an example whose event is gone is noticed: an event is never renamed or deleted', () => {
    const known = new Set(versions.map(([type, version]) => goldenFile(type, version)));
    expect(goldenFiles().filter((file) => !known.has(file))).toEqual([]);
  });

  test('an event is known by the name of its class, for ever', () => {
    expect(classes.filter(([type, messageClass]) => type !== messageClass.name)).toEqual([]);
  });
});

type Shape = { readonly [field: string]: Shape | null };

const declaredShape = (messageClass: Class): Shape =>
  Object.fromEntries(
    fieldsOf(messageClass).map(({ name, part }) => [name, part ? declaredShape(part) : null]),
  );

/** The fields an example has; of a list of parts the first stands for all. */
const shapeOf = (messageClass: Class, data: object): Shape => {
  const parts = new Map(fieldsOf(messageClass).map(({ name, part }) => [name, part]));
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => {
      const part = parts.get(name);
      const inside = Array.isArray(value) ? (value[0] as object) : (value as object);
      return [name, part ? shapeOf(part, inside) : null];
    }),
  );
};
