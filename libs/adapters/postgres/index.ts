/** The door: rows and keys on a PostgreSQL server. */
export { addressIn, isPlainName, withoutPassword, WrongPostgresAddress } from './address';
export { NothingThere } from './bookkeeping';
export { PostgresFault, PostgresUnusable } from './faults';
export type { Analysts, PostgresPlace } from './place';
export { PostgresKeyRing } from './postgres.key-ring';
export { PostgresRowStore } from './postgres.row-store';
