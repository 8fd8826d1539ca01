import { Count, Instant, Optional, Text } from '@rapport/kernel';
import { PARKED_PAGE_MAX } from '../operations/parked';

/** Longest reason that is kept. */
const REASON_MAX = 500;
const MODEL_MAX = 200;
const KEY_MAX = 400;

/** Why a model shall stand still, and until when at the latest. */
export class PauseModel {
  @Text(REASON_MAX) reason!: string;
  @Optional() @Instant() until?: string;
}
/** The model goes on, or tries again. */
export class ResumeModel {
  @Optional() @Text(REASON_MAX) reason?: string;
}
/** What is to be tried again. */
export class RedriveParked {
  @Text(MODEL_MAX) model!: string;
  @Text(KEY_MAX) key!: string;
  @Optional() @Text(REASON_MAX) reason?: string;
}
/** What the model shall never know, and why. */
export class DropParked {
  @Text(MODEL_MAX) model!: string;
  @Text(KEY_MAX) key!: string;
  @Text(REASON_MAX) reason!: string;
}
/** Keys with parked events; with `model` and `key`: the events of that key. */
export class ParkedParams {
  @Optional() @Text(MODEL_MAX) model?: string;
  @Optional() @Text(KEY_MAX) key?: string;
  @Count(1, PARKED_PAGE_MAX) limit = 50;
  @Optional() @Text(2_000) cursor?: string;
}
