import { CommanderError } from 'commander';
import {
  AlreadyOwned,
  BadPlace,
  BadSettings,
  CannotConnect,
  KeysLeftBehind,
  NoKeys,
  NoData,
  NotYet,
  PostgresUnusable,
  RowsOfAnotherLog,
  START_EXIT,
  UnknownFollower,
  WrongAddress,
  WrongFile,
} from '@rapport/platform';
import {
  HistoryDamaged,
  Invalid,
  NoHistory,
  NotStill,
  OtherHistory,
  RebuildUnderWay,
  Refusal,
  RowsOfAnotherShape,
  StandsStill,
  Unavailable,
} from '@rapport/kernel';
import { EXIT_INTERRUPTED, type Terminal } from './terminal';

/** What a script can tell from the exit code. From 64 on they are those of sysexits.h. */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  wrongFile: 65,
  noInput: 66,
  unavailable: START_EXIT.unavailable,
  fault: 70,
  inUse: START_EXIT.inUse,
  badSettings: START_EXIT.badSettings,
  interrupted: EXIT_INTERRUPTED,
} as const;

export const EXITS_TEXT = `
Exit codes:
  0    done
  1    done, with differences or findings: rejected lines, refused commands, rows that differ, events parked again,
       a model that still stands still, a broken log
  2    wrong usage: an unknown command, option or value, or something that cannot be done as things stand
  65   the file is not what it is said to be (columns, format), or the target log holds another history
  66   the file or the data folder does not exist
  69   a server, of the log or of rows and keys, cannot be used or does not answer
  70   something broke in here
  75   the data folder is in use by another process, a read model by another rebuild or it does not stand still, what was
       asked for has not been read yet, or an order not carried out
  78   a setting is wrong, names a log to which the rows do not belong, finds rows of another version of this
       program, or leaves keys behind
  130  stopped by Ctrl-C at a safe point; run it again to go on`;

/** The command line was wrong: the message says what would be right. */
export class Usage extends Error {}
/** There is no such file, stream or parked key. */
export class NotThere extends Error {}
/** What was ordered is kept, and nobody has heeded it yet. */
export class NotHeeded extends Error {}

/** The exit code of an error, and a message for a person. Only a fault shows where it came from. */
export const failed = (error: unknown, terminal: Terminal): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const [code, text] = explained(error);
  terminal.say(`rapport: ${text}`);
  return code;
};

/** What went wrong outside of this program: its message says enough. */
const KINDS: readonly (readonly [
  keyof typeof EXIT,
  readonly (abstract new (...args: never[]) => Error)[],
])[] = [
  ['findings', [HistoryDamaged]],
  ['inUse', [AlreadyOwned, NotYet, NotHeeded, RebuildUnderWay, NotStill]],
  ['usage', [Usage, Invalid, NoHistory, Refusal, StandsStill, WrongAddress, UnknownFollower, BadPlace]],
  ['wrongFile', [WrongFile, OtherHistory]],
  ['noInput', [NotThere, NoData, NoKeys]],
  ['unavailable', [CannotConnect, PostgresUnusable, Unavailable]],
  ['badSettings', [BadSettings, RowsOfAnotherLog, RowsOfAnotherShape, KeysLeftBehind]],
];

const explained = (error: unknown): readonly [code: number, text: string] => {
  if (!(error instanceof Error)) return [EXIT.fault, String(error)];
  const { message } = error;
  const [kind] = KINDS.find(([, classes]) => classes.some((one) => error instanceof one)) ?? [];
  if (kind !== undefined) return [EXIT[kind], message];
  if (/no such table|^42P01/.test(message)) return [EXIT.noInput, notBuilt(message)];
  if (/no such column|^42703/.test(message)) return [EXIT.badSettings, otherShape(message)];
  return [EXIT.fault, error.stack ?? message];
};

const notBuilt = (message: string): string =>
  `this read model has not been built here yet (${message}): start rapport serve, or any import, once`;
/** Whoever only reads does not look at tables before. */
const otherShape = (message: string): string =>
  `these rows were kept by another version of this program (${message}): use that one, or start rapport serve of this one, which says what to do`;
