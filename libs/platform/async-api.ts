import { RecordBehaviour } from '@rapport/domain/commands';
import {
  BEHAVIOUR,
  BEHAVIOUR_DEAD,
  COMMAND_RESULTS,
  COMMANDS,
  COMMANDS_DEAD,
  contracts,
  idOf,
  IN,
  OUT,
  schemaUriOf,
  typeOf,
  type Contract,
  type Topic,
} from '@rapport/integration';
import { ANSWER, CLOUD_EVENT_HEADERS, commandSchema, DEAD_LETTER_HEADERS } from './async-schemas';
import { refTo, schemaOf, type Schema } from './schemas';

type Named = Readonly<Record<string, object>>;
const HOUR_MS = 3_600_000;
const KAFKA_BINDING = '0.5.0';

/** What goes over the message bus, in AsyncAPI 3.0: written from the contracts and topics that the program is made of. */
export const asyncApiOf = (commands: Iterable<string>): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Rapport',
    version: '1',
    description:
      'Events are CloudEvents 1.0 in the binary mode of the Kafka binding: the context stands in headers, the body is the value. ' +
      'They come at least once and in the order of their key. No personal field ever leaves the house.',
  },
  defaultContentType: 'application/json',
  channels: Object.fromEntries([...OUT, ...IN].map((topic) => [nameOf(topic), channelOf(topic)])),
  operations: { ...Object.fromEntries(OUT.map(telling)), ...HEARING },
  components: { messages: messages(), schemas: schemas(commands) },
});

/** `rapport.ticket-events.v1` is called `ticket-events` here. */
const nameOf = ({ topic }: Topic): string => topic.replace(/^rapport\./, '').replace(/\.v\d+$/, '');
const ref = (path: string) => ({ $ref: `#/${path}` });

/** The messages of each topic, by name. */
const messagesIn = (topic: Topic): readonly string[] => {
  const own = IN_MESSAGES.get(topic);
  return own ? [own] : contracts.filter((contract) => contract.topic === topic).map(idOf);
};
const IN_MESSAGES: ReadonlyMap<Topic, string> = new Map([
  [COMMANDS, 'command'],
  [COMMAND_RESULTS, 'command-answer'],
  [COMMANDS_DEAD, 'dead-letter'],
  [BEHAVIOUR, 'behaviour'],
  [BEHAVIOUR_DEAD, 'dead-letter'],
]);

const channelOf = (topic: Topic): object => ({
  ...{ address: topic.topic, description: `${topic.about} Key: ${topic.key}.` },
  messages: Object.fromEntries(messagesIn(topic).map((name) => [name, ref(`components/messages/${name}`)])),
  bindings: {
    kafka: {
      ...{ topic: topic.topic, partitions: topic.partitions, bindingVersion: KAFKA_BINDING },
      topicConfiguration: { 'retention.ms': (topic.retentionHours ?? 0) * HOUR_MS || -1 },
    },
  },
});

const operation = (action: 'send' | 'receive', topic: Topic, summary: string, more: object = {}) => ({
  ...{ action, channel: ref(`channels/${nameOf(topic)}`), summary },
  messages: messagesIn(topic).map((name) => ref(`channels/${nameOf(topic)}/messages/${name}`)),
  ...more,
});
const telling = (topic: Topic): [string, object] => [
  `tell-${nameOf(topic)}`,
  operation('send', topic, topic.about),
];
const HEARING: Named = {
  'carry-out-commands': operation('receive', COMMANDS, 'Carries commands out, and answers each.', {
    reply: {
      channel: ref(`channels/${nameOf(COMMAND_RESULTS)}`),
      messages: [ref(`channels/${nameOf(COMMAND_RESULTS)}/messages/command-answer`)],
    },
  }),
  'answer-commands': operation('send', COMMAND_RESULTS, 'Says what became of a command.'),
  'put-commands-aside': operation(
    'send',
    COMMANDS_DEAD,
    'Keeps what could not be carried out, with the reason.',
  ),
  'record-behaviour': operation('receive', BEHAVIOUR, 'Records what customers do, where they allow it.'),
  'put-behaviour-aside': operation(
    'send',
    BEHAVIOUR_DEAD,
    'Keeps what could not be recorded, with the reason.',
  ),
};

const keyed = (description: string) => ({
  kafka: { key: { type: 'string', description }, bindingVersion: KAFKA_BINDING },
});
const messages = (): Named => ({
  ...Object.fromEntries(contracts.map((contract) => [idOf(contract), messageOf(contract)])),
  command: {
    ...{ name: 'command', title: 'A command', payload: refTo('Command'), bindings: keyed(COMMANDS.key) },
    headers: {
      type: 'object',
      properties: { traceparent: { type: 'string', description: 'W3C trace context.' } },
    },
  },
  'command-answer': {
    ...{ name: 'command-answer', title: 'What became of a command', payload: refTo('CommandAnswer') },
    ...{ headers: refTo('CommandAnswerHeaders'), bindings: keyed(COMMAND_RESULTS.key) },
  },
  behaviour: {
    ...{ name: 'behaviour', title: 'What a customer did', payload: refTo(RecordBehaviour.name) },
    bindings: keyed(BEHAVIOUR.key),
  },
  'dead-letter': {
    ...{ name: 'dead-letter', title: 'A message of which nothing could be made', payload: {} },
    ...{ headers: refTo('DeadLetterHeaders'), bindings: keyed(COMMANDS_DEAD.key) },
  },
});

const messageOf = (contract: Contract): object => ({
  ...{ name: typeOf(contract), title: contract.name, summary: contract.about },
  ...{ contentType: 'application/json', payload: refTo(contract.body.name) },
  headers: {
    allOf: [
      refTo('CloudEventHeaders'),
      {
        type: 'object',
        properties: {
          ...{ ce_type: { const: typeOf(contract) }, ce_dataschema: { const: schemaUriOf(contract) } },
        },
      },
    ],
  },
  bindings: keyed(contract.key),
});

const schemas = (commands: Iterable<string>): Named => ({
  ...Object.fromEntries(contracts.map((contract) => [contract.body.name, described(contract)])),
  ...{ CloudEventHeaders: CLOUD_EVENT_HEADERS, DeadLetterHeaders: DEAD_LETTER_HEADERS, ...ANSWER },
  ...{ Command: commandSchema(commands), [RecordBehaviour.name]: schemaOf(RecordBehaviour) },
});

const described = ({ body, notes }: Contract): Schema => {
  const schema = schemaOf(body);
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const description = notes[name];
    return [name, description === undefined ? property : { ...property, description }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
};
