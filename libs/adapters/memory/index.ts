export * from './memory.event-log';
export * from './memory.key-ring';
export * from './memory.message-bus';
export * from './memory.row-store';
