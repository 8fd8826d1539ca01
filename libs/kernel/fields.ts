import * as is from 'class-validator';
import { isDay, isInstant } from './instants';
import type { Class } from './messages';

/** What the application knows of a field beside its checks. */
export interface Field {
  readonly name: string;
  readonly part?: Class;
  readonly instant?: true;
  readonly optional?: true;
  /** The field that holds the id of the data subject: this value is sealed under that person's key. */
  readonly subject?: string;
}
/** A decorator that fits only a property of type V: `@Text(9) age!: number` does not compile. */
type FieldOf<V> = <K extends string>(target: { [P in K]?: V }, name: K) => void;

const declared = new WeakMap<object, Map<string, Field>>();

const field =
  <V>(about: Omit<Field, 'name'>, ...checks: PropertyDecorator[]): FieldOf<V> =>
  (target, name) => {
    const fields = declared.get(target) ?? new Map<string, Field>();
    declared.set(target, fields.set(name, { ...fields.get(name), ...about, name }));
    checks.forEach((check) => check(target, name));
  };

/** `const Urgency = options('URGENT', 'ROUTINE'); type Urgency = keyof typeof Urgency;` */
export const options = <T extends string>(...values: T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T]: K };

const ID = /^[\p{L}\p{N}_.:@-]{1,80}$/u;
const NUL = '\u0000';

/** class-validator's own way to a check of one's own. */
const holds = (name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator =>
  is.ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
const noNul = (each = false): PropertyDecorator =>
  is.NotContains(NUL, { each, message: '$property must not contain the character U+0000' });

/** Letters, digits and `_ . : @ -`, 80 at most: safe in stream names, paths and topics. */
export const Id = () =>
  field<string>(
    {},
    is.Matches(ID, { message: '$property must be 1 to 80 letters, digits or _ . : @ -' }),
    is.IsString(),
  );
/** Not empty, not only blanks, at most `max` characters. */
export const Text = (max: number) =>
  field<string>(
    {},
    noNul(),
    is.Matches(/\S/, { message: '$property must not be empty' }),
    is.MaxLength(max),
    is.IsString(),
  );
export const Flag = () => field<boolean>({}, is.IsBoolean());
/** A whole number between `min` and `max`, both included. */
export const Count = (min: number, max: number) => field<number>({}, is.Max(max), is.Min(min), is.IsInt());
export const OneOf = <T extends string>(values: Readonly<Record<T, T>>) =>
  field<T>({}, is.IsIn(Object.keys(values)));
export const SomeOf = <T extends string>(values: Readonly<Record<T, T>>, max = 20) =>
  field<readonly T[]>(
    {},
    is.IsIn(Object.keys(values), { each: true }),
    is.ArrayUnique(),
    is.ArrayMaxSize(max),
    is.ArrayMinSize(1),
    is.IsArray(),
  );
/** A moment in UTC. Whatever ISO form comes in, it is kept in one, so that text order is time order. */
export const Instant = () =>
  field<string>(
    { instant: true },
    holds('isInstant', '$property must be an ISO-8601 instant such as 2024-03-01T09:00:00Z', isInstant),
    is.IsString(),
  );
/** A calendar day, 2024-03-01. */
export const Day = () =>
  field<string>(
    {},
    holds('isDay', '$property must be a calendar day such as 2024-03-01', isDay),
    is.IsString(),
  );
export const Part = <T extends object>(part: Class<T>) =>
  field<T>({ part }, is.ValidateNested(), is.IsObject());
export const ListOf = <T extends object>(part: Class<T>, max = 100) =>
  field<readonly T[]>({ part }, is.ValidateNested({ each: true }), is.ArrayMaxSize(max), is.IsArray());
/** A list of short texts such as file names or tags. */
export const Texts = (maxLength: number, max = 100) =>
  field<readonly string[]>(
    {},
    noNul(true),
    is.MaxLength(maxLength, { each: true }),
    is.IsString({ each: true }),
    is.ArrayMaxSize(max),
    is.IsArray(),
  );
export const Optional = () =>
  field<unknown>(
    { optional: true },
    is.ValidateIf((_, value) => value !== undefined),
  );
/** Names a person (`subject`: the field with the subject's id): sealed under that person's key in the log. */
export const Personal = (subject: string) => field<string>({ subject });

const Currency = (): PropertyDecorator =>
  is.IsIn(Intl.supportedValuesOf('currency'), { message: '$property must be an ISO 4217 code such as CNY' });

/** Minor units (cents, fen, pence) and an ISO 4217 code: never a float. */
export class Amount {
  @field<number>({}, is.Max(1e15), is.Min(-1e15), is.IsInt()) minor!: number;
  @field<string>({}, Currency(), is.IsString()) currency!: string;
}
export const Money = () => Part(Amount);

const complete = new WeakMap<Class, readonly Field[]>();

/** All fields of a message class, those of the classes it extends first. */
export const fieldsOf = (messageClass: Class): readonly Field[] => {
  const found = complete.get(messageClass) ?? [...inherited(messageClass.prototype as object).values()];
  complete.set(messageClass, found);
  return found;
};
const inherited = (shape: object | null): Map<string, Field> =>
  shape
    ? new Map([...inherited(Object.getPrototypeOf(shape) as object | null), ...(declared.get(shape) ?? [])])
    : new Map<string, Field>();
