import type { RecordedEvent } from './event-store';
import { folded, type Projection } from './projection';
import { StandsStill } from './stands-still';
import type { Sources } from './subscriber';
import type { Row } from './table';

interface DatedRow {
  readonly validFrom: string;
  readonly row: Row | null;
}

/**
 * An event that was recorded after others that happened later changes the past: the row as of every later moment is
 * folded anew, from the events that had happened by then, in the order of the log. What was known before stays readable,
 * since the new versions stand at the late event's position.
 */
export const lateVersions = async (
  of: Projection,
  key: string,
  late: RecordedEvent,
  batch: readonly RecordedEvent[],
  { rows, store }: Sources,
): Promise<readonly DatedRow[]> => {
  const stored = of.past ? await rows.versions(of.past, [key]) : [];
  const positions = [...new Set(stored.map(({ position }) => position))];
  const earlier = await store.readAt(
    positions.filter((position) => position < (batch[0]?.position ?? late.position)),
  );
  const events = [...earlier, ...batch.filter(({ position }) => position <= late.position)];
  const moments = new Set(events.map(({ occurredAt }) => occurredAt).filter((at) => at >= late.occurredAt));
  return [...moments].sort().map((validFrom) => ({ validFrom, row: rowAsOf(of, key, events, validFrom) }));
};

/** An event that cannot be read in a past without what came later would have been parked there, and all that follow it. */
const rowAsOf = (
  of: Projection,
  key: string,
  events: readonly RecordedEvent[],
  moment: string,
): Row | null => {
  let row: Row | null = null;
  try {
    for (const event of events) if (event.occurredAt <= moment) row = folded(of, row, key, event);
  } catch (error) {
    if (error instanceof StandsStill) throw error;
  }
  return row;
};
