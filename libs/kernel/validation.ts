import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { fieldsOf } from './fields';
import { canonicalInstant } from './instants';
import type { Class } from './messages';

/** One thing that is wrong with one field: what it is called (`address.city`), which rule it breaks, and how. */
export interface Problem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** This is no such message: the fault is the sender's, and each problem says what to mend. */
export class Invalid extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(told).join('; '));
  }
}
/** A message names its field; where that lies in a part or a list, also the way to it. */
const told = ({ field, message }: Problem): string =>
  field.includes('.') ? `${field}: ${message}` : message;

/**
 * Plain data as an instance of its class: parts are made instances too and instants take their one canonical form.
 * Unknown fields stay, so that `assertValid` can name them.
 */
export const hydrate = <T extends object>(messageClass: Class<T>, raw: object): T => {
  const made = new messageClass();
  for (const [name, value] of Object.entries(raw)) {
    if (INHERITED.has(name)) throw new Invalid([unknownField(name)]);
    made[name as keyof T] = value as T[keyof T];
  }
  for (const { name, part, instant } of fieldsOf(messageClass)) {
    const value: unknown = made[name as keyof T];
    if (part) made[name as keyof T] = hydratePart(part, value) as T[keyof T];
    if (instant && typeof value === 'string') made[name as keyof T] = canonicalInstant(value) as T[keyof T];
  }
  return made;
};

/** Names that every object has already: whoever sends them as fields wants to be mistaken for something else. */
const INHERITED: ReadonlySet<string> = new Set(['constructor', '__proto__', 'prototype']);
const unknownField = (field: string): Problem => ({
  ...{ field, rule: 'whitelistValidation', message: `property ${field} should not exist` },
});

const hydratePart = (part: Class, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => hydratePart(part, item));
  return typeof value === 'object' && value !== null ? hydrate(part, value) : value;
};
/**
 * class-validator gathers and sorts the checks of a class, and of those it extends, anew at every call, which was the
 * dearest part of a validation. Messages are complete when their module has been loaded, so for them it is done once; so are
 * their parts, for which it names the class around them where a schema would stand: nothing is declared by schemas here.
 */
const storage = getMetadataStorage();
type Storage = typeof storage;
type Checks = ReturnType<Storage['getTargetValidationMetadatas']>;
const gather = storage.getTargetValidationMetadatas.bind(storage);
const sort = storage.groupByPropertyName.bind(storage);
const gathered = new Map<unknown, Checks>();
const sorted = new WeakMap<Checks, ReturnType<Storage['groupByPropertyName']>>();

storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
  const isMessage = !groups?.length && fieldsOf(target as unknown as Class).length > 0;
  if (!isMessage) return gather(target, schema, always, strictGroups, groups);
  const found = gathered.get(target) ?? gather(target, schema, always, strictGroups, groups);
  gathered.set(target, found);
  return found;
};
storage.groupByPropertyName = (checks) => {
  const found = sorted.get(checks) ?? sort(checks);
  sorted.set(checks, found);
  return found;
};

const CHECKS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/** The edge: class-validator has the word. Unknown fields are wrong too. Throws `Invalid` with every problem. */
export const assertValid = (message: object): void => {
  const problems = hasNoFields(message)
    ? Object.keys(message).map(unknownField)
    : validateSync(message, CHECKS).flatMap((error) => problemsOf(error));
  if (problems.length > 0) throw new Invalid(problems);
};
/** A class without a check is unknown to class-validator: what is of it is valid when it holds nothing. */
const hasNoFields = ({ constructor: of }: object): boolean =>
  of !== Object && fieldsOf(of as Class).length === 0;

const problemsOf = ({ property, constraints, children }: ValidationError, path = ''): Problem[] => {
  const field = path + property;
  return [
    ...Object.entries(constraints ?? {}).map(([rule, message]) => ({ field, rule, message })),
    ...(children ?? []).flatMap((child) => problemsOf(child, `${field}.`)),
  ];
};
