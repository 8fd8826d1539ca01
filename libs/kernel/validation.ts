import { validateSync, type ValidationError } from 'class-validator';
import { fieldsOf } from './fields';
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
    super(problems.map(({ message }) => message).join('; '));
  }
}

/**
 * Plain data as an instance of its class: parts are made instances too and instants take their one canonical form.
 * Unknown fields stay, so that `assertValid` can name them.
 */
export const hydrate = <T extends object>(messageClass: Class<T>, raw: object): T => {
  const made = new messageClass();
  for (const [name, value] of Object.entries(raw))
    if (name !== '__proto__') made[name as keyof T] = value as T[keyof T];
  for (const { name, part, instant } of fieldsOf(messageClass)) {
    const value: unknown = made[name as keyof T];
    if (part) made[name as keyof T] = hydratePart(part, value) as T[keyof T];
    if (instant && typeof value === 'string') made[name as keyof T] = canonicalInstant(value) as T[keyof T];
  }
  return made;
};

const hydratePart = (part: Class, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => hydratePart(part, item));
  return typeof value === 'object' && value !== null ? hydrate(part, value) : value;
};
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
const canonicalInstant = (text: string): string => {
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? text : new Date(time).toISOString();
};

const CHECKS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/** The edge: class-validator has the word. Unknown fields are wrong too. Throws `Invalid` with every problem. */
export const assertValid = (message: object): void => {
  const errors = validateSync(message, CHECKS);
  if (errors.length > 0) throw new Invalid(errors.flatMap((error) => problemsOf(error)));
};

const problemsOf = ({ property, constraints, children }: ValidationError, path = ''): Problem[] => {
  const field = path + property;
  return [
    ...Object.entries(constraints ?? {}).map(([rule, message]) => ({ field, rule, message })),
    ...(children ?? []).flatMap((child) => problemsOf(child, `${field}.`)),
  ];
};
