export * from './memory.event-log';
export * from './memory.key-ring';
export * from './memory.row-store';
