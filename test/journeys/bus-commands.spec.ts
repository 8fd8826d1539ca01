import { COMMAND_RESULTS, COMMANDS, COMMANDS_DEAD, originalOf } from '@rapport/integration';
import { relayed, until } from '../support/bus';
import { storyFrom } from '../support/story';

const START = '2024-03-01T09:00:00.000Z';
const actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const acme = { customerId: 'c-1', name: 'Acme', industry: 'Retail', source: 'SALES_HANDOVER' };
const register = (commandId: string, data: object = acme) => ({
  ...{ type: 'RegisterCustomer', commandId, data, actor },
});

describe('commands over the bus', () => {
  let house: ReturnType<typeof relayed>;
  let told: Awaited<ReturnType<typeof storyFrom>>;
  beforeEach(async () => {
    told = await storyFrom(START, actor);
    house = relayed(told.application);
    house.relay.start();
    await until(() => house.relay.state === 'running');
  });
  afterEach(async () => {
    await house.relay.stop();
    await told.application.stop();
  });
  const stored = async (stream = 'customer-c-1') =>
    (await told.application.store.read(stream)).map(({ type }) => type);
  const dead = () => house.broker.lyingIn(COMMANDS_DEAD.topic);

  it('are carried out and answered under their key, with what was stored and a token to read it by', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const more = { correlationId: 'talk-1', source: 'SHOP', reason: 'a fair' };
    await house.send('c-1', { ...register('r-1'), ...more }, { traceparent });
    const [answer] = await house.answersTo('r-1');
    expect(answer).toEqual({
      ...{ commandId: 'r-1', correlationId: 'talk-1', outcome: 'done', revision: 0 },
      ...{ position: expect.stringMatching(/^\d+$/) as string, events: ['CustomerRegistered'] },
    });
    const [message] = house.broker.lyingIn(COMMAND_RESULTS.topic);
    expect(message).toMatchObject({
      key: 'c-1',
      headers: { 'command-id': 'r-1', 'correlation-id': 'talk-1', outcome: 'done' },
    });
    const [event] = await told.application.store.read('customer-c-1');
    expect(event?.meta).toMatchObject({
      ...{ commandId: 'r-1', $correlationId: 'talk-1', actorId: 'ann', traceparent },
      ...{ source: 'SHOP', reason: 'a fair' },
    });
    expect(house.outcomes).toEqual([`${COMMANDS.topic} done`]);
  });

  it('that are sent again change nothing, and get their first answer as repeated', async () => {
    await house.send('c-1', register('r-1'));
    const [first] = await house.answersTo('r-1');
    await house.send('c-1', register('r-1'));
    const [, again] = await house.answersTo('r-1', 2);
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await stored()).toEqual(['CustomerRegistered']);
  });

  it('that are refused store nothing, and are told why', async () => {
    const ticket = { ticketId: 't-1', customerId: 'nobody', urgency: 'ROUTINE', channel: 'PHONE' };
    const data = { ...ticket, verbatim: 'help', collectorId: 'ann', raisedAt: START };
    await house.send('t-1', { type: 'RegisterTicket', commandId: 'r-2', data, actor });
    const [answer] = await house.answersTo('r-2');
    expect(answer).toMatchObject({ outcome: 'refused', problem: { code: 'CUSTOMER_UNKNOWN' } });
    expect(answer).not.toHaveProperty('position');
    expect(await stored('ticket-t-1')).toEqual([]);
  });

  it('about somebody who was forgotten are refused', async () => {
    await house.send('c-1', register('r-1'));
    await house.answersTo('r-1');
    await told.application.plan.keys.forget('c-1', START);
    const contact = { contactId: 'k-1', name: 'Ann', roles: ['DECISION_MAKER'], influence: 1, phone: '1' };
    const data = { ...contact, customerId: 'c-1' };
    await house.send('c-1', { type: 'AddContact', commandId: 'k-1', actor, data });
    expect(await house.answersTo('k-1')).toMatchObject([
      { outcome: 'refused', problem: { code: 'SUBJECT_FORGOTTEN' } },
    ]);
  });

  it('that are not well-formed are told every field that is wrong', async () => {
    await house.send('c-1', register('bad-1', { customerId: 'c-1', name: '', colour: 'red' }));
    const [answer] = await house.answersTo('bad-1');
    expect(answer).toMatchObject({ outcome: 'invalid', problem: { code: 'INVALID' } });
    const fields = (answer?.problem?.['errors'] as { field: string }[]).map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['name', 'industry', 'source', 'colour']));
    await house.send('c-1', { ...register('bad-2'), actor: 'ann', corelationId: 'x' });
    const [sloppy] = await house.answersTo('bad-2');
    expect((sloppy?.problem?.['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      ...['actor', 'corelationId'],
    ]);
  });

  it.each([
    ['of a kind that does not exist', 'c-1', { type: 'Conquer' }, 'invalid', 'UNKNOWN_COMMAND'],
    ['under a key that is not their aggregate', 'c-2', {}, 'invalid', 'KEY_MISMATCH'],
    ['without a key', '', {}, 'invalid', 'KEY_MISMATCH'],
    [
      'from somebody who only looks',
      'c-1',
      { actor: { id: 'eve', role: 'AUDITOR' } },
      'refused',
      'ROLE_READS_ONLY',
    ],
  ])('%s are answered and not carried out', async (_, key, differently, outcome, code) => {
    await house.send(key, { ...register('r-3'), ...differently });
    expect(await house.answersTo('r-3')).toMatchObject([{ outcome, problem: { code } }]);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['NOT_JSON', 'c-1 {Ann, 0171'],
    ['NOT_AN_OBJECT', '[1, 2]'],
    ['COMMAND_ID_MISSING', JSON.stringify({ type: 'RegisterCustomer', data: acme })],
  ])('that nobody could answer (%s) are kept with the reason, and others go on', async (code, garbage) => {
    await house.send('c-1', garbage, { 'x-from': 'shop' });
    await house.send('c-1', register('r-4'));
    expect(await house.answersTo('r-4')).toMatchObject([{ outcome: 'done' }]);
    const [letter] = dead();
    const [original] = house.broker.lyingIn(COMMANDS.topic);
    expect(letter).toMatchObject({
      ...{ key: 'c-1', value: garbage },
      headers: {
        ...{ 'x-from': 'shop', 'dead-letter-reason': code, 'dead-letter-topic': COMMANDS.topic },
        ...{ 'dead-letter-partition': String(original?.partition), 'dead-letter-offset': original?.offset },
      },
    });
    expect(letter?.headers['dead-letter-detail']).not.toContain('Ann');
    expect(originalOf(letter!)).toEqual({
      topic: COMMANDS.topic,
      message: { key: 'c-1', value: garbage, headers: { 'x-from': 'shop' } },
    });
  });

  it('of one customer keep their order, however many customers there are', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `c-${n}`);
    for (const customerId of ids)
      await house.send(customerId, register(`${customerId}-r`, { ...acme, customerId, name: customerId }));
    for (let n = 0; n < 8; n++)
      for (const customerId of ids)
        await house.send(customerId, {
          ...{ type: 'UpdateCustomerProfile', commandId: `${customerId}-${n}`, actor },
          data: { customerId, field: 'INDUSTRY', value: `industry ${n}`, source: 'call' },
        });
    await until(() => house.answers().length === ids.length * 9);
    expect(house.answers().every(({ outcome }) => outcome === 'done')).toBe(true);
    for (const customerId of ids) {
      const events = await told.application.store.read(`customer-${customerId}`);
      const industries = events.slice(1).map(({ data }) => (data as { to: string }).to);
      expect(industries).toEqual(Array.from({ length: 8 }, (_, n) => `industry ${n}`));
    }
  });
});
