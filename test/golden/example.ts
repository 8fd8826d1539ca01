import { getMetadataStorage, validateSync } from 'class-validator';
import { fieldsOf, hydrate, type Class, type Field } from '@rapport/kernel';

interface Check {
  readonly name: string;
  readonly bounds: readonly unknown[];
}

/** The checks of one field, as class-validator keeps them; those of the classes it extends are among them. */
const checksOf = (messageClass: Class, field: string): readonly Check[] =>
  getMetadataStorage()
    .getTargetValidationMetadatas(messageClass, '', true, false)
    .filter(({ propertyName }) => propertyName === field)
    .map(({ name, type, constraints }) => ({ name: name ?? type, bounds: (constraints ?? []) as unknown[] }));

/** A full example of a message: every field is there, optional ones too, and the same every time it is made. */
export const exampleOf = (messageClass: Class): object =>
  Object.fromEntries(fieldsOf(messageClass).map((field) => [field.name, valueOf(messageClass, field)]));

const valueOf = (messageClass: Class, field: Field): unknown => {
  const checks = checksOf(messageClass, field.name);
  const bound = (name: string): unknown => checks.find((check) => check.name === name)?.bounds[0];
  const isList = checks.some(({ name }) => name === 'isArray');
  const values = field.part ? [exampleOf(field.part)] : candidates(field, bound);
  const found = values
    .map((value) => (isList ? [value] : value))
    .find((value) => fits(messageClass, field, value));
  if (found === undefined)
    throw new Error(`no example for ${messageClass.name}.${field.name}: write its golden file by hand`);
  return found;
};

/** From the most telling to the plainest; the first one that the field accepts is taken. */
const candidates = ({ name, instant }: Field, bound: (check: string) => unknown): readonly unknown[] => {
  const oneOf = bound('isIn');
  if (Array.isArray(oneOf)) return [oneOf.includes('CNY') ? 'CNY' : (oneOf[0] as unknown)];
  if (instant) return ['2024-03-01T09:00:00.000Z'];
  const text = `${name}-1`.slice(0, Number(bound('maxLength') ?? 80));
  const known = /month/i.test(name) ? '2024-03' : /currency/i.test(name) ? 'CNY' : text;
  return [known, '2024-03-01', 1, Number(bound('min')), true];
};

const fits = (messageClass: Class, { name }: Field, value: unknown): boolean =>
  !validateSync(hydrate(messageClass, { [name]: value })).some(({ property }) => property === name);
