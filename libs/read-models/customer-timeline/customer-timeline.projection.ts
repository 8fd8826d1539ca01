import * as events from '@rapport/domain/events';
import { integer, projection, text, type RecordedEvent } from '@rapport/kernel';
import { sentences, type TimelineKind } from './customer-timeline.sentences';

const columns = {
  customerId: text(),
  at: text(),
  kind: text<TimelineKind>('CustomerRegistered'),
  /** One line for a person, without anything personal: that stays in the event alone. */
  text: text(),
  /** To be ordered by: time, and within one instant the order of the log. */
  place: text(),
  stream: text(),
  revision: integer(),
};

/** Positions are whole numbers that a double can hold. */
const POSITION_DIGITS = 16;

const kinds = Object.keys(sentences) as readonly TimelineKind[];
/** One row per event, so its key is the event's. */
const keys = Object.fromEntries(kinds.map((kind) => [kind, (_: object, { id }: RecordedEvent) => [id]]));

/** What has happened with a customer, event by event? Stream and revision lead to the event itself. */
export const customerTimeline = projection(events, {
  name: 'customer-timeline',
  version: 1,
  about: 'Everything that happened with a customer, one line per event.',
  columns,
  indexes: [['customerId', 'at']],
  key: 'customerId',
  keys,
}).on(Object.fromEntries(kinds.map((kind) => [kind, lineOf(kind)])));

function lineOf(kind: TimelineKind) {
  const sentence = sentences[kind] as (data: object) => string;
  return (
    _: object,
    data: { readonly customerId: string },
    { occurredAt: at, position, stream, revision }: RecordedEvent,
  ) => ({
    ...{ customerId: data.customerId, at, kind, text: sentence(data), stream, revision },
    place: `${at}/${String(position).padStart(POSITION_DIGITS, '0')}`,
  });
}
