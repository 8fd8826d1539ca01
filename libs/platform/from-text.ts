import { hydrate, type Class } from '@rapport/kernel';
import { schemaOf, type Schema } from './schemas';

/**
 * Texts (a query string, the environment, a command line) as an instance of a class of fields: numbers, flags and lists
 * are read as such. What cannot be read stays text, so that `assertValid` names it.
 */
export const fromText = <T extends object>(
  messageClass: Class<T>,
  texts: Readonly<Record<string, unknown>>,
): T => {
  const { properties = {} } = schemaOf(messageClass);
  const read = Object.entries(texts).map(([name, text]) => [name, valueOf(text, properties[name] ?? {})]);
  return hydrate(messageClass, Object.fromEntries(read) as object);
};

const valueOf = (text: unknown, schema: Schema): unknown => {
  if (schema.type === 'array') return listOf(text).map((one) => valueOf(one, schema.items ?? {}));
  return typeof text === 'string' ? scalarOf(text, schema.type) : text;
};
const listOf = (text: unknown): readonly unknown[] => {
  if (Array.isArray(text)) return text;
  return typeof text === 'string' ? text.split(',') : [text];
};

/** `12` as a number, `true` and `false` as a flag; everything else stays what it is. */
export const scalarOf = (text: string, type: string | undefined): unknown => {
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
};
