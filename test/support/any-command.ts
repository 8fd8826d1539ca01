import fc from 'fast-check';
import { assertValid, hydrate, Invalid, type Class } from '@rapport/kernel';
import { schemaOf } from '@rapport/platform';

type Schema = ReturnType<typeof schemaOf>;
type Parts = ReadonlyMap<string, Class>;

/** Few names, so that commands meet: who is named twice is the same. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  ...{ ticketId: ['t-1', 't-1', 't-2'], customerId: ['c-1'], commitmentId: ['k-1', 'k-2'] },
  ...{ taskId: ['task-1', 'task-2'], alternativeId: ['a-1'], contactId: ['lin'], purchaseId: ['p-1', 'p-2'] },
  ...{ policyId: ['default'], calendarId: ['default'], promiseId: ['promise-1'], nodeId: ['n1', 'n2'] },
  ...{ itemId: ['item-1', 'item-2'], department: ['TECHNICAL', 'CUSTOMER_SERVICE'] },
};
const PEOPLE = ['ann', 'uma', 'hua', 'eve'];
const WORDS = ['a word', 'two words', '2024-03', '2024-W11', 'https://a.cn', 'x'];
const DAYS = ['2024-03-01', '2024-03-08', '2024-03-20', '2024-04-08'];
const FROM = Date.UTC(2024, 2, 1);
const SPAN_HOURS = 24 * 24;
const LIST_MAX = 3;
/** An optional field is named every other time. */
const instants = fc
  .integer({ min: 0, max: SPAN_HOURS })
  .map((hours) => new Date(FROM + hours * 3_600_000).toISOString());

/** Commands of one class as somebody might send them: well-formed, and otherwise whatever comes to mind. */
export const anyOf = (messageClass: Class, parts: Parts): fc.Arbitrary<object | null> =>
  objectOf(schemaOf(messageClass), parts).map((data) => wellFormed(messageClass, data));

/** null: it breaks a rule between its fields, which the edge would refuse. */
const wellFormed = (messageClass: Class, data: object): object | null => {
  const command = hydrate(messageClass, data);
  try {
    assertValid(command);
    return command;
  } catch (error) {
    if (error instanceof Invalid) return null;
    throw error;
  }
};

const objectOf = ({ properties = {}, required = [] }: Schema, parts: Parts): fc.Arbitrary<object> => {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, valueOf(name, schema, parts)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] });
};

const valueOf = (name: string, schema: Schema, parts: Parts): fc.Arbitrary<unknown> => {
  const { $ref, type, items } = schema;
  if ($ref !== undefined) return objectOf(schemaOf(partNamed($ref, parts)), parts);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return numbers(schema);
  if (type === 'array' && items) return lists(name, schema, parts);
  if (type === 'object') return fc.constant({ minor: 1_000, currency: 'CNY' });
  return texts(name, schema);
};
const numbers = ({ minimum, maximum }: Schema): fc.Arbitrary<number> => {
  const min = Number(minimum ?? 0);
  return fc.integer({ min, max: Math.min(Number(maximum ?? 100), min + 300) });
};
const lists = (name: string, { items = {}, minItems, uniqueItems }: Schema, parts: Parts) => {
  const of = valueOf(singular(name), items, parts);
  const size = { minLength: Number(minItems ?? 0), maxLength: LIST_MAX };
  return uniqueItems ? fc.uniqueArray(of, size) : fc.array(of, size);
};
const singular = (name: string): string => name.replace(/s$/, '');
const texts = (name: string, { format, pattern }: Schema): fc.Arbitrary<string> => {
  if (format === 'date-time') return instants;
  if (typeof pattern === 'string' && pattern.startsWith('^\\d{4}-')) return fc.constantFrom(...DAYS);
  if (IDS[name]) return fc.constantFrom(...IDS[name]);
  if (name === 'zone') return fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Nowhere/At all');
  if (name === 'opens' || name === 'closes') return fc.constantFrom('09:00', '12:30', '18:00', '24:00');
  return fc.constantFrom(...(name.endsWith('Id') ? PEOPLE : WORDS));
};
const partNamed = ($ref: string, parts: Parts): Class => {
  const name = $ref.slice($ref.lastIndexOf('/') + 1);
  const found = parts.get(name);
  if (!found) throw new Error(`no field holds a part called ${name}`);
  return found;
};
