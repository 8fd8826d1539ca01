import * as events from '@rapport/domain/events';
import { integer, placeKey, projection, text, type RecordedEvent } from '@rapport/kernel';
import { sentences, type TimelineKind } from './customer-timeline.sentences';

const columns = {
  customerId: text(),
  at: text(),
  kind: text<TimelineKind>('CustomerRegistered'),
  /** One line for a person, without anything personal: that stays in the event alone. */
  text: text(),
  /** To be ordered by: time, and within one instant the order of the log. */
  place: text(),
  /** Its id, by which other rows name it as their cause; stream and revision lead to the event itself. */
  eventId: text(),
  stream: text(),
  revision: integer(),
};

const kinds = Object.keys(sentences) as readonly TimelineKind[];

/** What has happened with a customer, event by event? */
export const customerTimeline = projection(events, {
  name: 'customer-timeline',
  version: 2,
  about: 'Everything that happened with a customer, one line per event.',
  columns,
  indexes: [['customerId', 'at']],
  key: 'customerId',
  perEvent: true,
}).on(Object.fromEntries(kinds.map((kind) => [kind, lineOf(kind)])));

function lineOf(kind: TimelineKind) {
  const sentence = sentences[kind] as (data: object) => string;
  return (
    _: object,
    data: { readonly customerId: string },
    { id: eventId, occurredAt: at, position, stream, revision }: RecordedEvent,
  ) => ({
    ...{ customerId: data.customerId, at, kind, text: sentence(data), eventId, stream, revision },
    place: `${at}/${placeKey(position)}`,
  });
}
