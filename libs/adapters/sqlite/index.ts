export { availableDrivers, openDatabase, type Database, type Driver } from './driver';
export { AlreadyOwned, isOwned } from './owner';
export { StorageFault } from './answer';
export { SqliteEventLog } from './sqlite.event-log';
export { openCopyToRead } from './reading-copy';
export { SqliteLogCopy } from './sqlite.log-copy';
export { SqliteKeyRing } from './sqlite.key-ring';
export { SqliteRowStore, type RowsPlace } from './sqlite.row-store';
export { turnsForThreads, type TurnTaking } from './turns';
