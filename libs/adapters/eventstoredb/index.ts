/** The door: the log on an EventStoreDB server or cluster. */
export { addressIn, WrongAddress, withoutPassword } from './connection';
export { CannotConnect, EventStoreDbEventLog, type EventStoreDbOptions } from './eventstoredb.event-log';
export { LIMITS, type Limits } from './limits';
export { APPEND_BYTES_MAX } from './wire-event';
