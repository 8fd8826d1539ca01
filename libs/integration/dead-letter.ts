import { idFrom, type Delivery, type Message } from '@rapport/kernel';

/** Why nothing was made of a delivery. For operators: a code, names of fields and our own sentences, not what was sent. */
export interface Reason {
  /** `NOT_JSON` */
  readonly code: string;
  readonly detail: string;
}
/** A message on its way to a topic. */
export interface Outgoing {
  readonly topic: string;
  readonly message: Message;
}

const PREFIX = 'dead-letter-';
/** What is larger is left where it is: with the headers a broker might not take it, and what is behind it would wait for ever. */
const VALUE_BYTES_MAX = 900_000;

const DETAIL_MAX = 1_000;

/** One delivery, one id: it stands in the log line, too, and is the same when it is delivered again. */
export const deadLetterId = ({ topic, partition, offset }: Delivery): string =>
  idFrom(`${topic}/${partition}/${offset}`);

/** The delivery as it came, with headers that say why it is here and where it came from. */
export const deadLetter = (topic: string, delivery: Delivery, { code, detail }: Reason): Outgoing => {
  const tooLarge = Buffer.byteLength(delivery.value ?? '') > VALUE_BYTES_MAX;
  const about = {
    ...{
      reason: code,
      detail: detail.slice(0, DETAIL_MAX),
      id: deadLetterId(delivery),
      topic: delivery.topic,
      at: delivery.at,
    },
    ...{ partition: String(delivery.partition), offset: delivery.offset },
    ...(tooLarge && { value: 'left out: too large; read it where it came from' }),
  };
  const named = Object.entries(about).map(([name, text]) => [PREFIX + name, text] as const);
  return {
    topic,
    message: {
      ...{ key: delivery.key, value: tooLarge ? null : delivery.value },
      headers: { ...delivery.headers, ...Object.fromEntries(named) },
    },
  };
};

/** The message that a dead letter was, for whoever has mended the cause and sends it again. */
export const originalOf = ({ key, value, headers }: Delivery): Outgoing => ({
  topic: headers[`${PREFIX}topic`] ?? '',
  message: {
    ...{ key, value },
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX))),
  },
});
