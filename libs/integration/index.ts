/** The door for the host: what we hear from others. */
export { imports } from './imports/datasets';
export type { Import, Notes, Wanted } from './imports/import';
export { FileJournal, MemoryJournal, type Journal } from './imports/journal';
export { WrongFile, type Reject } from './imports/records';
export { replay, type Replayed, type ReplayProgress, type Target } from './imports/replay';
export { runImport, type ImportReport } from './imports/run-import';
