import { PostgresRowStore } from '@rapport/adapters/postgres';
import { copyKeys } from '@rapport/platform';
import { postgresIsHere, startPostgres, type PostgresServer } from '../../support/postgres/server';
import { removedAtEnd } from '../bench-application';
import { postgresCopies, postgresUpserts } from './raw-postgres';
import { folderReading, removeFolder, type DataPlace, type MeasuredStore } from './measured-store';

/** On the server that `DATABASE_URL` names, or on one that is started; null where neither is possible, as a line then says. */
export const postgresStore = async (): Promise<MeasuredStore | null> => {
  if (!postgresIsHere()) return null;
  const server = await startPostgres();
  if (server.folder !== null) removedAtEnd(server.folder);
  const [told] = await server.ask('show server_version');
  const [version = ''] = String(told?.['server_version']).split(' ');
  return {
    ...{ name: `PostgreSQL ${version}`, isAimedAt: false },
    newPlace: (from) => newPlace(server, from),
    remove: (place) => remove(server, place),
    rawWrites: async () => [
      { what: 'upserts by unnest', perSecond: await postgresUpserts(addressOf(server)) },
      { what: 'new rows by COPY', perSecond: await postgresCopies(addressOf(server)) },
    ],
    stop: () => server.stop(),
  };
};

/** Keys are read where an operator has them: beside the rows. */
const newPlace = async (server: PostgresServer, from?: string): Promise<DataPlace> => {
  const place = { folder: folderReading(from), postgres: server.place() };
  await (await PostgresRowStore.open(place.postgres)).close();
  if (from !== undefined) await copyKeys(place);
  return place;
};
const remove = async (server: PostgresServer, place: DataPlace): Promise<void> => {
  const { schema = '', analysts } = place.postgres ?? {};
  for (const name of [schema, `${schema}_keys`, analysts?.schema ?? schema])
    await server.ask(`drop schema if exists "${name}" cascade`);
  removeFolder(place);
};
/** As the bare driver takes it. */
const addressOf = ({ address }: PostgresServer): string => address.replace(/[?&]sslmode=disable/, '');
