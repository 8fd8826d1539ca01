import type { RecordedEvent } from './event-store';

/** The same event, for one of the keys that it concerns: the others have read it when it came. */
export const forKey = (event: RecordedEvent, key: string): RecordedEvent =>
  Object.create(event, { redrivenFor: { value: key } }) as RecordedEvent;

/** Of all the keys that an event concerns those for which it is read now. An event that was parked under its stream, since its keys could not be told, is read for all. */
export const readFor = ({ redrivenFor }: RecordedEvent, keys: readonly string[]): readonly string[] =>
  redrivenFor !== undefined && keys.includes(redrivenFor) ? [redrivenFor] : keys;
