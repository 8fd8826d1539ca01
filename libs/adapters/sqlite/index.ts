export { availableDrivers, openDatabase, type Database, type Driver } from './driver';
export { AlreadyOwned } from './owner';
export { StorageFault } from './answer';
export { SqliteEventLog } from './sqlite.event-log';
export { SqliteLogCopy } from './sqlite.log-copy';
export { SqliteKeyRing } from './sqlite.key-ring';
export { SqliteRowStore } from './sqlite.row-store';
