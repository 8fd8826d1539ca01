import { existsSync, readFileSync } from 'node:fs';
import {
  addressIn,
  isPlainName,
  withoutPassword,
  WrongPostgresAddress,
  type PostgresPlace,
} from '@rapport/adapters/postgres';
import type { Settings } from './settings';

/** The settings about PostgreSQL, with one line for each that is wrong. */
export const postgresIsWrong = (settings: Settings): readonly string[] => {
  const { RAPPORT_POSTGRES: address, RAPPORT_POSTGRES_CA_FILE: caFile } = settings;
  if (address === undefined)
    return caFile === undefined
      ? []
      : [`RAPPORT_POSTGRES_CA_FILE=${caFile}: without RAPPORT_POSTGRES it has no effect`];
  return [...addressIsWrong(address), ...namesAreWrong(settings), ...caIsWrong(address, caFile)];
};

/** Where rows and keys are on a server, or null where they are files. */
export const postgresIn = (settings: Settings): PostgresPlace | null => {
  const { RAPPORT_POSTGRES: address, RAPPORT_POSTGRES_CA_FILE: caFile } = settings;
  if (address === undefined) return null;
  return {
    address,
    schema: settings.RAPPORT_POSTGRES_SCHEMA,
    connectionsMax: settings.RAPPORT_POSTGRES_CONNECTIONS_MAX,
    analysts: {
      schema: settings.RAPPORT_POSTGRES_ANALYSTS_SCHEMA,
      role: settings.RAPPORT_POSTGRES_ANALYSTS_ROLE,
    },
    ...(caFile !== undefined && { ca: readFileSync(caFile, 'utf8') }),
  };
};

const addressIsWrong = (address: string): readonly string[] => {
  try {
    addressIn(address);
    return [];
  } catch (error) {
    if (!(error instanceof WrongPostgresAddress)) throw error;
    return error.lines.map((line) => `RAPPORT_POSTGRES=${withoutPassword(address)}: ${line}`);
  }
};

const NAMES = [
  'RAPPORT_POSTGRES_SCHEMA',
  'RAPPORT_POSTGRES_ANALYSTS_SCHEMA',
  'RAPPORT_POSTGRES_ANALYSTS_ROLE',
] as const;
const namesAreWrong = (settings: Settings): readonly string[] => [
  ...NAMES.filter((name) => !isPlainName(settings[name])).map(
    (name) => `${name}=${settings[name]}: up to 48 of a-z, 0-9 and _, a letter first`,
  ),
  ...(settings.RAPPORT_POSTGRES_SCHEMA === settings.RAPPORT_POSTGRES_ANALYSTS_SCHEMA
    ? ['RAPPORT_POSTGRES_ANALYSTS_SCHEMA: analysts read in another schema than RAPPORT_POSTGRES_SCHEMA']
    : []),
];

const caIsWrong = (address: string, caFile: string | undefined): readonly string[] => {
  if (caFile === undefined) return [];
  if (!existsSync(caFile)) return [`RAPPORT_POSTGRES_CA_FILE=${caFile}: there is no such file`];
  return addressIsWrong(address).length === 0 && addressIn(address).sslMode !== 'verify-full'
    ? [
        `RAPPORT_POSTGRES_CA_FILE=${caFile}: nothing is checked against it unless RAPPORT_POSTGRES says sslmode=verify-full`,
      ]
    : [];
};
