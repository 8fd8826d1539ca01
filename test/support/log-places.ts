import { randomUUID } from 'node:crypto';
import { realEventStoreDb } from './real-servers';
import { TestServer } from './eventstoredb/test-server';

/** The settings that say where the log is: none of them for the embedded one. */
export type LogSettings = Readonly<Record<string, string>>;
export interface LogPlace {
  readonly settings: LogSettings;
  close(): Promise<void>;
}

/** Names of one journey alone: a real server keeps what was there before. */
const freshNamespace = (): string => `journey-${randomUUID().slice(0, 8)}.`;

/** The server that the environment names, as an operator would name it; nothing where it names none. */
export const realLog = (): LogSettings =>
  realEventStoreDb === undefined
    ? {}
    : { RAPPORT_EVENTSTOREDB: realEventStoreDb, RAPPORT_EVENTSTOREDB_NAMESPACE: freshNamespace() };

const nothingToClose = (): Promise<void> => Promise.resolve();
const onTestServer = async (): Promise<LogPlace> => {
  const server = await TestServer.start();
  return { settings: { RAPPORT_EVENTSTOREDB: server.url }, close: () => server.stop() };
};

/** Every log on which a journey must end the same. */
export const logPlaces: readonly (readonly [name: string, open: () => Promise<LogPlace>])[] = [
  ['embedded', async () => ({ settings: {}, close: nothingToClose })],
  ['on EventStoreDB, test server', onTestServer],
  ...(realEventStoreDb === undefined
    ? []
    : [
        [
          'on EventStoreDB, real server',
          async () => ({ settings: realLog(), close: nothingToClose }),
        ] as const,
      ]),
];
