import { ValidationTypes } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { fieldsOf, type Class, type Field } from '@rapport/kernel';

/** As much of JSON Schema as our fields need. */
export interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}
type Converters = NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters'];

const known = new WeakMap<Class, Schema>();

/** JSON Schema of a message, read once from its class-validator metadata. Parts stand under their name in `components`. */
export const schemaOf = (messageClass: Class): Schema => {
  const found = known.get(messageClass) ?? readSchema(messageClass);
  known.set(messageClass, found);
  return found;
};

/** The class and every part that it holds, at any depth, by name. */
export const schemasOf = (
  messageClass: Class,
  into: Map<string, Schema> = new Map(),
): Map<string, Schema> => {
  if (into.has(messageClass.name)) return into;
  into.set(messageClass.name, schemaOf(messageClass));
  for (const { part } of fieldsOf(messageClass)) if (part) schemasOf(part, into);
  return into;
};

export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const readSchema = (messageClass: Class): Schema => {
  const fields = fieldsOf(messageClass);
  if (fields.length === 0) return { type: 'object', properties: {}, additionalProperties: false };
  const read = targetConstructorToSchema(messageClass, {
    additionalConverters: CONVERTERS,
  }) as unknown as Schema;
  const properties = Object.fromEntries(
    fields.map((field) => [field.name, propertyOf(field, read.properties?.[field.name] ?? {})]),
  );
  const required = fields.filter(({ optional }) => !optional).map(({ name }) => name);
  return {
    ...{ type: 'object', properties, additionalProperties: false },
    ...(required.length > 0 && { required }),
  };
};

/** An instant may come in any ISO form, so the pattern of its kept form is not asked of the sender. */
const propertyOf = ({ instant, subject }: Field, { pattern, ...schema }: Schema): Schema => {
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  return {
    ...schema,
    ...(instant ? { format: 'date-time' } : pattern !== undefined && { pattern }),
    ...(subject !== undefined && { 'x-personal': subject }),
  };
};

const CONVERTERS: NonNullable<Converters> = {
  [ValidationTypes.NESTED_VALIDATION]: ({ target, propertyName }) => {
    const part = fieldsOf(target as Class).find(({ name }) => name === propertyName)?.part;
    return part ? { $ref: `#/components/schemas/${part.name}` } : {};
  },
  // `validateIf` says when a field is looked at, nothing about its shape.
  [ValidationTypes.CONDITIONAL_VALIDATION]: () => ({}),
};
