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
  eventId: text().says('Its id, by which other rows name it as their cause (SYS-66.3)'),
  stream: text().says('Where the event itself stands, such as ticket-t-1 (SYS-66.3)'),
  revision: integer().says('Its number in that stream, from 0 on (SYS-66.3)', 'ordinal'),
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
  per: 'event of a customer, by its place in the log',
  perEvent: true,
}).on(Object.fromEntries(kinds.map((kind) => [kind, lineOf(kind)])));

function lineOf(kind: TimelineKind) {
  const sentence = sentences[kind] as (data: object) => string;
  return (
    { key: position }: { readonly key: string },
    data: { readonly customerId: string },
    { id: eventId, occurredAt: at, stream, revision }: RecordedEvent,
  ) => ({
    customerId: data.customerId,
    at,
    kind,
    text: sentence(data),
    place: `${at}/${position}`,
    eventId,
    stream,
    revision,
  });
}
