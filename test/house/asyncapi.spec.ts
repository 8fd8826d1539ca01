import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aggregates } from '@rapport/domain';
import { contracts, idOf, IN, OUT, typeOf } from '@rapport/integration';
import { asyncApiOf, schemaOf } from '@rapport/platform';

interface Ref {
  readonly $ref: string;
}
interface Channel {
  readonly address: string;
  readonly messages: Readonly<Record<string, Ref>>;
  readonly bindings: { readonly kafka: { readonly partitions: number; readonly topicConfiguration: object } };
}
interface Operation {
  readonly action: string;
  readonly channel: Ref;
  readonly messages: readonly Ref[];
  readonly reply?: { readonly channel: Ref; readonly messages: readonly Ref[] };
}
interface Message {
  readonly name: string;
  readonly summary?: string;
  readonly payload: object;
  readonly headers: { readonly allOf: readonly object[] };
}
interface AsyncApi {
  readonly asyncapi: string;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Readonly<Record<string, { readonly properties: object; readonly required: string[] }>>;
  };
}

const text = (file: string) => readFileSync(join(__dirname, '../../docs', file), 'utf8');
const commandNames = aggregates.flatMap(({ commands }) => Object.keys(commands));
const topics = [...OUT, ...IN];
const api = JSON.parse(text('asyncapi.json')) as AsyncApi;
const at = (ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], api);

describe('docs/asyncapi.json (npm run docs)', () => {
  it('is what the program says of itself', () => {
    expect(api).toEqual(JSON.parse(JSON.stringify(asyncApiOf(commandNames))));
    expect(api.asyncapi).toBe('3.0.0');
  });

  it('points nowhere that is not there', () => {
    const refs = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
  });

  test.each(topics.map((topic) => [topic.topic, topic] as const))(
    '%s is a channel with its partitions and retention, and is used',
    (address, { partitions, retentionHours }) => {
      const [name, channel] = Object.entries(api.channels).find(([, one]) => one.address === address)!;
      expect(name).toMatch(/^[\w.-]+$/);
      expect(channel.bindings.kafka).toMatchObject({
        partitions,
        topicConfiguration: { 'retention.ms': retentionHours! * 3_600_000 },
      });
      const used = Object.values(api.operations).filter(
        ({ channel: of }) => of.$ref === `#/channels/${name}`,
      );
      expect(used.length).toBeGreaterThan(0);
    },
  );

  it('tells what we hear from what we tell, and that commands are answered', () => {
    const received = Object.values(api.operations).filter(({ action }) => action === 'receive');
    expect(received.map(({ channel }) => channel.$ref)).toEqual([
      ...['#/channels/commands', '#/channels/behaviour'],
    ]);
    expect(received[0]?.reply?.channel.$ref).toBe('#/channels/command-results');
    for (const { action } of Object.values(api.operations)) expect(['send', 'receive']).toContain(action);
  });

  it('names as messages of an operation only those of its channel', () => {
    const both = Object.values(api.operations).flatMap(({ channel, messages, reply }) => [
      { channel, messages },
      ...(reply ? [reply] : []),
    ]);
    for (const { channel, messages } of both)
      for (const { $ref } of messages) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
  });

  test.each(contracts.map((contract) => [idOf(contract), contract] as const))(
    '%s has its sentence, its headers and the schema that was frozen',
    (id, contract) => {
      const message = api.components.messages[id];
      expect(message).toMatchObject({ name: typeOf(contract), summary: contract.about });
      const [common, own] = message?.headers.allOf ?? [];
      expect(common).toEqual({ $ref: '#/components/schemas/CloudEventHeaders' });
      expect(own).toMatchObject({ properties: { ce_type: { const: typeOf(contract) } } });
      const schema = api.components.schemas[contract.body.name];
      const undescribed = Object.entries(schema?.properties ?? {}).map(([name, property]) => {
        const { description: _, ...rest } = property as { description?: string };
        return [name, rest] as const;
      });
      expect({ ...schema, properties: Object.fromEntries(undescribed) }).toEqual(schemaOf(contract.body));
      const channel = Object.values(api.channels).find(({ address }) => address === contract.topic.topic);
      expect(Object.keys(channel?.messages ?? {})).toContain(id);
    },
  );

  it('has the headers of every event, and the kinds of every command', () => {
    const { CloudEventHeaders, Command } = api.components.schemas;
    expect(CloudEventHeaders?.required).toEqual(
      expect.arrayContaining(['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_sequence']),
    );
    expect(Command?.properties).toMatchObject({ type: { enum: [...commandNames].sort() } });
  });
});

describe('docs/6-integration.md', () => {
  const rows = text('6-integration.md')
    .split('\n')
    .filter((line) => line.startsWith('| `rapport.'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test.each(topics.map((topic) => [topic.topic, topic] as const))(
    'has %s as the program has it',
    (name, topic) => {
      const [, , key, partitions, kept, messages] = rows.find(([, cell]) => cell === `\`${name}\``) ?? [];
      expect([key, partitions, kept]).toEqual([
        ...[topic.key, String(topic.partitions), `${topic.retentionHours! / 24} days`],
      ]);
      const told = contracts.filter((contract) => contract.topic === topic).map(idOf);
      if (told.length > 0) expect(messages).toBe(told.join(', '));
    },
  );

  it('has no topic that is not there', () => {
    expect(rows).toHaveLength(topics.length);
  });
});
