import { setTimeout as pause } from 'node:timers/promises';
import * as db from '@eventstore/db-client';
import type { AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import { gathered, told } from './talk';
import { TestServer, type ServerOptions } from './test-server';

/** Passed with a call, it makes the client append by a call of its own instead of its long batch stream. */
export const UNARY = { credentials: { username: 'admin', password: 'changeit' } };
/** Both ways an append takes on the wire. */
export const WAYS: readonly (readonly [string, object])[] = [
  ['batch', {}],
  ['unary', UNARY],
];
const PATIENCE_MS = 20_000;
export const MINUTE = 60_000;

export const connect = (url: string): EventStoreDBClient => db.EventStoreDBClient.connectionString(url);
/** Not awaited: it may hang. Without it the client's batch stream keeps the process alive. */
export const leave = (client: EventStoreDBClient): void => void client.dispose();

/** A server for one check, and a client of it. */
export const visit = async (
  check: (server: TestServer, client: EventStoreDBClient) => Promise<unknown>,
  options: ServerOptions = {},
): Promise<void> => {
  const server = await TestServer.start(options);
  const client = connect(server.url);
  try {
    await check(server, client);
  } finally {
    leave(client);
    await server.stop();
  }
};

export const event = (label: unknown = {}, more: object = {}) =>
  db.jsonEvent({ type: 'T', data: { label } as never, ...more });
/** How the call failed; nothing when it did not. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> => call.then(() => undefined, told);

export const idsIn = async (client: EventStoreDBClient, stream: string): Promise<readonly string[]> =>
  (await gathered(client.readStream(stream))).map(({ event: found }) => found!.id);
/** Where everything stands in the log, as `stream@revision`. */
export const places = async (reading: AsyncIterable<unknown>): Promise<readonly string[]> =>
  (await gathered(reading)).map(({ event: found }) => `${found!.streamId}@${String(found!.revision)}`);

/** Collects what a subscription says, in its order: events as `stream@revision`, errors as told. */
export const hear = (subscription: AllStreamSubscription): unknown[] => {
  const heard: unknown[] = [];
  for (const name of ['confirmation', 'caughtUp', 'fellBehind', 'end', 'finish', 'close'] as const)
    subscription.on(name as 'end', () => heard.push(name));
  subscription.on('error', (error) => heard.push(told(error)));
  subscription.on('data', ({ event: found, link }) => {
    const { streamId, revision } = (found ?? link)!;
    heard.push(`${streamId}@${String(revision)}`);
  });
  return heard;
};
export const until = async (holds: () => boolean): Promise<void> => {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await pause(5))
    if (Date.now() > end) throw new Error(`waited for ${PATIENCE_MS} ms: ${holds.toString()}`);
};
