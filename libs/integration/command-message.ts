import { Invalid, type Actor, type Problem } from '@rapport/kernel';

/** A command as it comes over the bus: `{"type": "…", "commandId": "…", "data": {…}, "actor"?: {"id", "role"}, …}`. */
export interface CommandMessage {
  readonly type: string;
  readonly commandId: string;
  readonly data: object;
  /** Who wants it (default: nobody in particular, who may do little). */
  readonly actor: Actor;
  /** The conversation it belongs to (default: the command's id). */
  readonly correlationId: string;
  /** The system it comes from (default: `bus`). */
  readonly source: string;
  readonly reason?: string;
}
/** Nothing can be answered: there is no command in it, or no id under which an answer would find its asker. */
export class Undecodable extends Error {
  constructor(
    readonly code: 'NO_VALUE' | 'NOT_JSON' | 'NOT_AN_OBJECT' | 'COMMAND_ID_MISSING',
    message: string,
  ) {
    super(message);
  }
}

const TOKEN = /^[\x21-\x7e]{1,200}$/;
const NAME = /^[\p{L}\p{N}_.:@|-]{1,128}$/u;
const SOURCE_MAX = 80;
const REASON_MAX = 500;
const ANYBODY: Actor = { id: 'anonymous', role: 'NONE' };

type Raw = Readonly<Record<string, unknown>>;
type Rule = readonly [rule: string, isSo: (value: unknown) => boolean, mustBe: string];

const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isShort = (max: number) => (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= max;
const isActor = (value: unknown): boolean =>
  isObject(value) && matches(NAME)(value['id']) && matches(NAME)(value['role']);
const optional = (rule: Rule[1]) => (value: unknown) => value === undefined || rule(value);

const RULES: Readonly<Record<keyof CommandMessage, Rule>> = {
  type: ['isString', matches(NAME), 'the name of a command, such as RegisterTicket'],
  commandId: ['matches', matches(TOKEN), '1 to 200 visible ASCII characters'],
  data: ['isObject', isObject, 'an object with the fields of the command'],
  actor: ['isActor', optional(isActor), '{"id": "…", "role": "…"}, letters, digits or _ . : @ | - each'],
  correlationId: ['matches', optional(matches(TOKEN)), '1 to 200 visible ASCII characters'],
  source: ['maxLength', optional(isShort(SOURCE_MAX)), `a text of at most ${SOURCE_MAX} characters`],
  reason: ['maxLength', optional(isShort(REASON_MAX)), `a text of at most ${REASON_MAX} characters`],
};

/** The object in a value. Throws `Undecodable`. */
export const objectIn = (value: string | null): Raw => {
  if (value === null) throw new Undecodable('NO_VALUE', 'the message has no value');
  const object = parsed(value);
  if (!isObject(object)) throw new Undecodable('NOT_AN_OBJECT', 'the value is JSON, but no object');
  return object;
};
/** What the parser says of the text would quote it. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Undecodable('NOT_JSON', 'the value is no JSON');
  }
};

/** The id under which whatever else is wrong can be answered. Throws `Undecodable`. */
export const commandIdIn = ({ commandId }: Raw): string => {
  if (typeof commandId === 'string' && TOKEN.test(commandId)) return commandId;
  throw new Undecodable(
    'COMMAND_ID_MISSING',
    'without a commandId of 1 to 200 visible ASCII characters a command could be carried out twice, and never be answered',
  );
};

/** Throws `Invalid` with everything that is wrong with it. */
export const commandMessageIn = (raw: Raw): CommandMessage => {
  const problems = [...brokenRules(raw), ...unknownFields(raw)];
  if (problems.length > 0) throw new Invalid(problems);
  const { actor = ANYBODY, correlationId = raw['commandId'], source = 'bus', ...rest } = raw;
  return { ...rest, actor, correlationId, source } as CommandMessage;
};

const brokenRules = (raw: Raw): readonly Problem[] =>
  Object.entries(RULES)
    .filter(([field, [, isSo]]) => !isSo(raw[field]))
    .map(([field, [rule, , mustBe]]) => ({ field, rule, message: `${field} must be ${mustBe}` }));
const unknownFields = (raw: Raw): readonly Problem[] =>
  Object.keys(raw)
    .filter((field) => !Object.hasOwn(RULES, field))
    .map((field) => ({
      ...{ field, rule: 'whitelistValidation', message: `property ${field} should not exist` },
    }));
