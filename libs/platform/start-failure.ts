import { CannotConnect } from '@rapport/adapters/eventstoredb';
import { PostgresUnusable } from '@rapport/adapters/postgres';
import { AlreadyOwned } from '@rapport/adapters/sqlite';
import { BusMisfit, RowsOfAnotherShape, Unavailable } from '@rapport/kernel';
import { KeysLeftBehind } from './keys-elsewhere';
import { RowsOfAnotherLog } from './rows-of-another-log';
import { BadSettings } from './settings';

/** What a script can tell from the exit code of a host that did not start. From 64 on they are those of sysexits.h. */
export const START_EXIT = {
  fault: 1,
  /** EX_UNAVAILABLE: the server that keeps the log, or the one that keeps rows and keys, cannot be used. */
  unavailable: 69,
  /** EX_TEMPFAIL: another process has the data folder. */
  inUse: 75,
  /** EX_CONFIG: the settings are wrong, name a log to which the rows do not belong, find rows of another version, leave keys behind, or name a bus that lacks a topic. */
  badSettings: 78,
} as const;

const MISPLACED = [RowsOfAnotherLog, RowsOfAnotherShape, KeysLeftBehind, BusMisfit];
const UNUSABLE = [CannotConnect, PostgresUnusable, Unavailable];

/** Why a host did not start: its exit code, and what is said to people. */
export const startFailure = (error: unknown): readonly [code: number, lines: readonly string[]] => {
  if (error instanceof BadSettings) return [START_EXIT.badSettings, error.lines];
  if (UNUSABLE.some((kind) => error instanceof kind) && error instanceof Error)
    return [START_EXIT.unavailable, [`cannot start: ${error.message}`]];
  if (MISPLACED.some((kind) => error instanceof kind) && error instanceof Error)
    return [START_EXIT.badSettings, [`cannot start: ${error.message}`]];
  if (error instanceof AlreadyOwned) return [START_EXIT.inUse, [`cannot start: ${error.message}`]];
  return [START_EXIT.fault, [`cannot start: ${String(error)}`]];
};
