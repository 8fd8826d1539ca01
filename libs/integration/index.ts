/** The door for the host: what we tell others, and what we hear from them. */
export { idOf, type Contract } from './contract';
export { contracts } from './contracts';
export type { CommandAnswer, Outcome } from './answer';
export { Deduplicator } from './consume-once';
export {
  beginFromNow,
  DEFAULT_SOURCE,
  Publisher,
  PUBLISHER,
  schemaUriOf,
  typeOf,
  type Publishing,
} from './publish';
export { originalOf, type Outgoing } from './dead-letter';
export { FAULTS_IN_A_ROW_MAX, LANES_MAX, type IntakeLog } from './intake';
export type { Commanded, CommandParts } from './consume';
export { Relay, relayOn, type RelayParts } from './relay';
export * from './topics';
export { imports } from './imports/datasets';
export type { Import, Notes, Wanted } from './imports/import';
export { FileJournal, MemoryJournal, type Journal } from './imports/journal';
export { WrongFile, type Reject } from './imports/records';
export { replay, type Replayed, type ReplayProgress, type Target } from './imports/replay';
export { runImport, type ImportReport } from './imports/run-import';
