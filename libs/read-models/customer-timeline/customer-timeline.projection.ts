import * as events from '@rapport/domain/events';
import { instant, integer, projection, text, type RecordedEvent } from '@rapport/kernel';
import { sentences, type TimelineKind } from './customer-timeline.sentences';

// prettier-ignore
const columns = {
  customerId: text().says('Whose history it is (SYS-66.3)'),
  at: instant().says('When it happened, in business time (SYS-66.3)'),
  kind: text<TimelineKind>('CustomerRegistered').says('The event, by the name it has in the log (SYS-66.3)'),
  text: text().says('One line for a person, without anything personal: that stays in the event alone (SYS-66.3)'),
  place: text().says('To sort by: time, and within one instant the order of the log (SYS-66.3)'),
  stream: text().says('Where the event itself stands, such as ticket-t-1 (SYS-66.3)'),
  revision: integer().says('Its number in that stream, from 0 on (SYS-66.3)', 'ordinal'),
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
  per: 'event of a customer',
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
