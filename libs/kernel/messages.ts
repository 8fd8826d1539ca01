import { fieldsOf } from './fields';
import { hydrate } from './validation';
import { StandsStill } from './stands-still';

/** A message (command or event) is a class whose fields are its shape; its type is the name of the class, for ever. */
export type Class<T extends object = object> = new () => T;
export type MessageClasses = Readonly<Record<string, Class>>;
export type DataOf<MessageClass> = MessageClass extends Class<infer T> ? Readonly<T> : never;

/** An event as it is decided: its class, its data, and when it was so in the world (default: the command's `now`). */
export interface NewEvent<T extends object = object> {
  readonly messageClass: Class<T>;
  readonly data: Readonly<T>;
  readonly at?: string;
}
export type NewEventOf<E extends MessageClasses> = NewEvent<InstanceType<E[keyof E]>>;

/** Something that happened. Holds its declared fields and no other. */
export abstract class Event {
  /** `TicketClosed.of({...}, closedAt)`: `at` is the business time, if it is not the command's `now`. */
  static of<T extends object>(this: Class<T>, data: NoInfer<T>, at?: string): NewEvent<T> {
    const only = declaredFields(this, data);
    return at === undefined ? { messageClass: this, data: only } : { messageClass: this, data: only, at };
  }
}

/** Something that is wanted: an instance of its class, so that a command bus can route it. */
export abstract class Command {
  static of<T extends object>(this: Class<T>, data: NoInfer<T>): T {
    return hydrate(this, declaredFields(this, data));
  }
}

const declaredFields = <T extends object>(messageClass: Class<T>, data: T): T => {
  const only: Record<string, unknown> = {};
  for (const { name } of fieldsOf(messageClass)) {
    const value = data[name as keyof T];
    if (value !== undefined) only[name] = value;
  }
  return only as T;
};

export const nameOf = (messageClass: Class): string => messageClass.name;

type Step = (older: Record<string, unknown>) => object;
const chains = new WeakMap<Class, Step[]>();

/**
 * `@Version(3, (v2) => v3)`: how data that was stored under the version before reads today.
 * Steps stand above the class in falling order, so that the newest is read first; a gap is refused.
 */
export const Version = (to: number, step: Step) => (messageClass: Class) => {
  const chain = chains.get(messageClass) ?? [];
  if (to !== chain.length + 2)
    throw new Error(`${messageClass.name}: the step to version ${to} is out of order`);
  chains.set(messageClass, [...chain, step]);
};

export const versionOf = (messageClass: Class): number => (chains.get(messageClass)?.length ?? 0) + 1;

/** Data of an older version as it reads today. A version that nobody has written yet is refused. */
export const upcast = (messageClass: Class, data: object, version: number): object => {
  if (version > versionOf(messageClass)) throw new UnknownVersion(messageClass.name, version);
  const steps = (chains.get(messageClass) ?? []).slice(version - 1);
  return steps.reduce<object>((older, step) => step(older as Record<string, unknown>), data);
};

/** The log holds a version from the future: an older program must not guess what it means. */
export class UnknownVersion extends StandsStill {
  constructor(type: string, version: number, position?: number) {
    const place = position === undefined ? '' : ` at position ${position}`;
    super(
      `${type}${place} was stored as version ${version}, which this program does not know: start a newer one`,
    );
  }
}
