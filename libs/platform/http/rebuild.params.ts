import { Count, Flag, Optional } from '@rapport/kernel';
import { THREADS_MAX } from '../rebuild/crew';

const EVENTS_PER_SECOND_MAX = 10_000_000;

/** How copies are read: by how many threads, and how fast at the most. */
export class CompareModel {
  @Optional() @Count(1, THREADS_MAX) threads?: number;
  @Optional() @Count(1, EVENTS_PER_SECOND_MAX) eventsPerSecond?: number;
}
export class RebuildModel extends CompareModel {
  /** From the first event, also where a copy stands that could be gone on with. */
  @Flag() fresh = false;
}
export class SwitchModel {
  /** Also where the comparison has found rows that differ. */
  @Flag() evenIfDifferent = false;
}
export class RollbackModel {}
export class DiscardModel {
  /** What was live before the last switch, instead of the copy. */
  @Flag() before = false;
}
