import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { addressIn, EventStoreDbEventLog, withoutPassword } from '@rapport/adapters/eventstoredb';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import type { CopyTarget } from '@rapport/kernel';
import { filesIn } from './opening';
import { NoData } from './reading';

/** Where a log is: a data folder, or an EventStoreDB server and what our streams there begin with. */
export interface LogPlace {
  readonly at: string;
  readonly namespace?: string;
}

export const isServer = ({ at }: LogPlace): boolean => /^esdb(\+discover)?:/.test(at.trim());

/** As it may be shown. */
export const placeText = ({ at, namespace = '' }: LogPlace): string =>
  namespace === '' ? withoutPassword(at) : `${withoutPassword(at)} (${namespace}…)`;

/** One of them would see what is written to the other: the same folder, or a namespace within the other one. */
export const overlap = (one: LogPlace, other: LogPlace): boolean => {
  if (isServer(one) !== isServer(other)) return false;
  if (!isServer(one)) return resolve(one.at) === resolve(other.at);
  const [a, b] = [one.namespace ?? '', other.namespace ?? ''];
  const hosts = new Set(addressIn(one.at).hosts);
  return addressIn(other.at).hosts.some((host) => hosts.has(host)) && (a.startsWith(b) || b.startsWith(a));
};

/**
 * The log at a place. To read, a folder must hold one (`NoData`), and may be held by another process; to write, it is
 * made where it is missing, and held (`AlreadyOwned`). A server must answer (`CannotConnect`, `WrongAddress`).
 */
export const openLog = async (place: LogPlace, to: 'read' | 'write'): Promise<CopyTarget> => {
  const { at, namespace = '' } = place;
  if (isServer(place)) return EventStoreDbEventLog.open({ url: at, namespace });
  const file = filesIn({ folder: at }).log ?? ':memory:';
  if (to === 'write') {
    mkdirSync(at, { recursive: true, mode: 0o700 });
    return SqliteEventLog.open({ file, durable: 'atClose' });
  }
  if (!existsSync(file)) throw new NoData(at);
  return SqliteEventLog.open({ file, readonly: true });
};
