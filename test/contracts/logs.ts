import { randomUUID } from 'node:crypto';
import { idFrom, type EventLog, type LogEvent } from '@rapport/kernel';

export interface LogUnderTest {
  readonly log: EventLog;
  /** Closes the log and opens the same one again. Logs that end with their process have none. */
  readonly reopen?: () => Promise<EventLog>;
  close(): Promise<void>;
}
export type MakeLog = () => Promise<LogUnderTest>;

/** A stream and ids of one test alone: the log may hold anything before. */
export const fresh = () => {
  const run = randomUUID();
  const event = (seed: string | number): LogEvent => ({
    id: idFrom(`${run}/${seed}`),
    type: 'SomethingHappened',
    data: `{"seed":"${seed}"}`,
    meta: '{"occurredAt":"2024-03-01T09:00:00.000Z"}',
  });
  const events = (...seeds: (string | number)[]) => seeds.map(event);
  return { stream: (name: string) => `${name}-${run}`, events };
};
