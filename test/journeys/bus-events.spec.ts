import { CloudEvent, Kafka } from 'cloudevents';
import { MemoryBroker, MemoryMessageBus } from '@rapport/adapters/memory';
import { contracts, idOf, OUT, Publisher, schemaUriOf, typeOf } from '@rapport/integration';
import { assertValid, fieldsOf, hydrate, Subscription, type Class, type Delivery } from '@rapport/kernel';
import * as events from '@rapport/domain/events';
import { TOLD_FROM, toldStory } from '../support/told-story';

const MARK = 'MARKED-ANN-LEE-0171';
const SOURCE = 'https://crm.example.org';

describe('what others are told', () => {
  let told: Awaited<ReturnType<typeof toldStory>>;
  let publishing: Subscription;
  let messages: readonly Delivery[];
  beforeAll(async () => {
    told = await toldStory('c-1', MARK);
    const { rows, store } = told.application;
    const broker = new MemoryBroker();
    const publisher = new Publisher(new MemoryMessageBus(broker), { source: SOURCE, createTopics: true });
    publishing = new Subscription({ rows, store }, [publisher]);
    await publishing.start();
    expect(await publishing.reached(await store.log.head())).toBe(true);
    messages = OUT.flatMap(({ topic }) => broker.lyingIn(topic));
  });
  afterAll(async () => {
    await publishing.stop();
    await told.application.stop();
  });
  const ofContract = (id: string) => messages.filter(({ headers }) => headers['ce_type'] === `rapport.${id}`);
  const bodyOf = ({ value }: Delivery) => JSON.parse(value ?? '') as Record<string, unknown>;

  test.each(contracts.map(idOf))('%s is told in this story', (id) => {
    expect(ofContract(id).length).toBeGreaterThan(0);
  });

  it('is a valid CloudEvent 1.0 for the library of the CloudEvents project', () => {
    for (const message of messages) {
      const event = Kafka.toEvent({ ...message, body: message.value }) as CloudEvent<object>;
      expect(new CloudEvent(event).validate()).toBe(true);
      expect(event).toMatchObject({
        ...{ specversion: '1.0', source: SOURCE, datacontenttype: 'application/json' },
        ...{ partitionkey: message.key, data: bodyOf(message), correlationid: expect.any(String) as string },
      });
      for (const name of Object.keys(event)) expect(name).toMatch(/^[a-z0-9]+$|^data_base64$/);
    }
  });

  it('has the shape of its contract, in its topic and under the id of its aggregate', () => {
    for (const message of messages) {
      const contract = contracts.find((one) => typeOf(one) === message.headers['ce_type'])!;
      expect(message.topic).toBe(contract.topic.topic);
      expect(message.headers['ce_dataschema']).toBe(schemaUriOf(contract));
      expect(() => assertValid(hydrate(contract.body, bodyOf(message)))).not.toThrow();
      expect(message.key).toBe(bodyOf(message)[contract.key]);
    }
  });

  it('says when it happened, in which conversation, and where it stands in the log', async () => {
    const [message] = ofContract('customer-registered.v1');
    const [event] = await told.application.store.read('customer-c-1');
    expect(message?.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: `${event!.id}.customer-registered.v1`,
      ce_source: SOURCE,
      ce_type: 'rapport.customer-registered.v1',
      ce_subject: 'customer/c-1',
      ce_time: TOLD_FROM,
      ce_recordedtime: event!.recordedAt,
      ce_dataschema: 'urn:rapport:contract:customer-registered:v1',
      ce_sequence: String(event!.position).padStart(16, '0'),
      ce_stream: 'customer-c-1',
      ce_revision: '0',
      ce_correlationid: event!.meta.$correlationId,
      ce_causationid: event!.meta.$causationId,
      'content-type': 'application/json',
    });
  });

  it('is in order of the key, and resolved tells of the solution, closed of the customer’s word', () => {
    const ofTicket = messages.filter(({ topic, key }) => topic.includes('ticket') && key === 'c-1-t1');
    expect(ofTicket.map(({ headers }) => headers['ce_type'])).toEqual([
      ...['rapport.ticket-registered.v1', 'rapport.ticket-escalated.v1', 'rapport.ticket-resolved.v1'],
      ...['rapport.ticket-closed.v1', 'rapport.ticket-reopened.v1'],
      ...ofTicket.slice(5).map(() => 'rapport.ticket-escalated.v1'),
    ]);
    const sequences = ofTicket.map(({ headers }) => headers['ce_sequence']);
    expect([...sequences].sort()).toEqual(sequences);
    expect(new Set(sequences).size).toBe(sequences.length);
  });

  it('never holds what names a person, though the log is full of it', async () => {
    const logged = await told.application.store.readAll(0 as never, 10_000);
    const personal = logged.flatMap(({ type, data }) =>
      fieldsOf((events as Record<string, Class>)[type] ?? Object)
        .filter(({ name, subject }) => subject !== undefined && name in data)
        .map(({ name }) => String(data[name as keyof object])),
    );
    expect(personal.filter((text) => MARK.startsWith(text)).length).toBeGreaterThan(10);
    for (const text of new Set(personal)) expect(JSON.stringify(messages)).not.toContain(text);
    expect(JSON.stringify(messages)).not.toContain('sealed:');
  });
});
