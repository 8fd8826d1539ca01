import { once } from 'node:events';
import { EventStoreDBClient, jsonEvent, NO_STREAM as NONE } from '@eventstore/db-client';
import { EventStoreDbEventLog } from '@rapport/adapters/eventstoredb';
import { idFrom, NO_STREAM } from '@rapport/kernel';

/**
 * A process with two writers whose appends wait for a server that stands still; then one of them is given up, and the
 * server moves again. `bare`: the client's own way to append; `ours`: the adapter. Tells how the other writer's append ended.
 */
const [way = '', url = ''] = process.argv.slice(2);

interface Writer {
  append(stream: string): Promise<unknown>;
  giveUp(): void;
}
const bare = (): Writer => {
  const client = EventStoreDBClient.connectionString(url);
  const event = (stream: string) => jsonEvent({ id: idFrom(stream), type: 'Tried', data: {} });
  return {
    append: (stream) => client.appendToStream(stream, event(stream), { expectedRevision: NONE }),
    giveUp: () => void client.dispose(),
  };
};
const ours = async (): Promise<Writer> => {
  const log = await EventStoreDbEventLog.open({ url });
  const event = (stream: string) => ({ id: idFrom(stream), type: 'Tried', data: '{}', meta: '{}' });
  return {
    append: (stream) => log.append(stream, NO_STREAM, [event(stream)]),
    giveUp: () => void log.close(),
  };
};
const told = (ending: Promise<unknown>): Promise<string> =>
  ending.then(
    () => 'stored',
    (error: unknown) => `failed: ${String(error)}`,
  );

const main = async (): Promise<void> => {
  const [one, other] = way === 'ours' ? [await ours(), await ours()] : [bare(), bare()];
  await Promise.all([one.append('warm-1'), other.append('warm-2')]);
  process.stdout.write('ready\n');
  await once(process.stdin, 'data'); // the server stands still
  const endings = [told(one.append('cold-1')), told(other.append('cold-2'))] as const;
  await new Promise((go) => setTimeout(go, 100));
  one.giveUp();
  process.stdout.write('given up\n');
  process.stdout.write(`${await endings[1]}\n`);
  setTimeout(() => process.exit(0), 500); // what still arrives must find somebody
};
void main();
