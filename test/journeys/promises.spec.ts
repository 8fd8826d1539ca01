import type * as commands from '@rapport/domain/commands';
import { Rebuild } from '@rapport/kernel';
import { Edge } from '../support/edge';
import { storyFrom, type Story } from '../support/story';

const customerId = 'c-1';
const START = '2024-03-01T09:00:00.000Z';

interface Told extends Story {
  readonly edge: Edge;
  /** Sends a command over HTTP, and waits for all that follows from it. */
  post(type: keyof typeof commands, body: object, actor?: { id: string; role: string }): Promise<number>;
  /** The code of the refusal. */
  refused(type: keyof typeof commands, body: object, actor?: { id: string; role: string }): Promise<string>;
  row(question: string, key: string, asOf?: string): Promise<Readonly<Record<string, unknown>>>;
  lines(kind: string): Promise<readonly unknown[]>;
}
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };

const story = async (): Promise<Told> => {
  const told = await storyFrom(START, ann);
  const edge = await Edge.of(told.application, {}, false);
  const send = async (type: string, body: object, { id, role } = ann) => {
    const reply = await edge.post(type, body, { 'x-actor-id': id, 'x-actor-role': role });
    await told.application.settle();
    return reply;
  };
  return {
    ...told,
    edge,
    post: async (...sent) => (await send(...sent)).status,
    refused: async (...sent) => (await send(...sent)).body.code,
    row: async (question, key, asOf) => {
      const at = asOf === undefined ? '' : `?asOf=${asOf}`;
      return (await edge.get(`/${question}/${encodeURIComponent(key)}${at}`)).body.data;
    },
    lines: async (kind) => {
      const { body } = await edge.get(`/customer-timeline?customerId=${customerId}&kind=${kind}`);
      return body.data.map(({ at, text }) => [String(at), text]).sort();
    },
  };
};

/** Whatever was told: read from the beginning, every row comes out the same. */
const assertRebuilt = async ({ application: { rows, store, plan } }: Told): Promise<void> => {
  const rebuild = new Rebuild({ rows, store }, plan.readModels, plan.rollups);
  await rebuild.run();
  expect((await rebuild.compare()).filter(({ identical }) => !identical)).toEqual([]);
};

describe('promises over HTTP', () => {
  let told: Told;
  beforeEach(async () => {
    told = await story();
    const acme = { customerId, name: 'Acme', industry: 'Retail', source: 'SALES_HANDOVER' };
    expect(await told.post('RegisterCustomer', acme)).toBe(200);
    const ticket = { ticketId: 't-1', customerId, type: 'SERVICE', urgency: 'URGENT', channel: 'PHONE' };
    const said = { verbatim: 'no report since Monday', collectorId: 'ann', raisedAt: START };
    expect(await told.post('RegisterTicket', { ...ticket, ...said })).toBe(200);
    expect(await told.post('AssignTicketOwner', { ticketId: 't-1', ownerId: 'ann' })).toBe(200);
  });
  afterEach(async () => {
    await assertRebuilt(told);
    await told.edge.stop();
  });

  const DUE = '2024-03-03T18:00:00.000Z';
  const promise = {
    ...{ commitmentId: 'k-1', customerId, ticketId: 't-1', kind: 'RESOLUTION_TIME', makerId: 'ann' },
    ...{ text: 'the report is back by Sunday 18:00', channel: 'PHONE' },
  };

  it('a promise needs a time, is warned of, and is broken once, at its due time', async () => {
    expect(await told.refused('MakeCommitment', promise)).toBe('DUE_REQUIRED');
    expect(await told.post('MakeCommitment', { ...promise, dueAt: DUE })).toBe(200);
    await told.until('2024-03-01T13:00:00.001Z');
    const unwritten = await told.edge.get('/reports/unwritten-commitments');
    expect(unwritten.body.data).toMatchObject({ unwritten: [{ commitmentId: 'k-1' }] });
    await told.until(DUE);
    expect(await told.lines('CommitmentDueSoon')).toEqual([
      ['2024-03-02T18:00:00.000Z', 'Promise k-1 is due in 24 hours'],
      ['2024-03-03T16:00:00.000Z', 'Promise k-1 is due in 2 hours'],
    ]);
    expect(await told.row('commitment-ledger', 'k-1')).toMatchObject({ state: 'OPEN', hoursLeft: 2 });

    await told.until('2024-03-03T18:00:01.000Z');
    expect(await told.row('commitment-ledger', 'k-1')).toMatchObject({ state: 'BROKEN', brokenAt: DUE });
    expect(await told.row('churn-risk', customerId)).toMatchObject({ mainSignal: 'BROKEN_COMMITMENT' });
    expect(await told.row('commitment-ledger', 'k-1', '2024-03-03T17:59:59.999Z')).toMatchObject({
      state: 'OPEN',
    });
    await told.until('2024-03-04T09:00:00.000Z');
    expect(await told.refused('RescheduleCommitment', { commitmentId: 'k-1', dueAt: START })).toBe(
      'COMMITMENT_BROKEN',
    );
    expect(await told.post('FulfilCommitment', { commitmentId: 'k-1', evidenceId: 'mail-1' })).toBe(200);
    expect(await told.row('commitment-ledger', 'k-1')).toMatchObject({
      state: 'FULFILLED_LATE',
      brokenAt: DUE,
    });
    expect(await told.lines('CommitmentBroken')).toHaveLength(1);
    const rate = await told.edge.get('/reports/commitment-keep-rate?makerId=ann');
    expect(rate.body.data).toMatchObject({ total: { broken: 1, fulfilledLate: 1, keepRate: 0 } });
  });

  it('a promise that is kept at the last moment is kept', async () => {
    expect(await told.post('MakeCommitment', { ...promise, dueAt: DUE, writtenId: 'mail-1' })).toBe(200);
    await told.until(DUE);
    expect(await told.post('FulfilCommitment', { commitmentId: 'k-1', evidenceId: 'mail-2' })).toBe(200);
    await told.until('2024-03-05T00:00:00.000Z');
    expect(await told.row('commitment-ledger', 'k-1')).toMatchObject({ state: 'KEPT', brokenAt: null });
  });

  it('after a sleep over the deadline a promise is broken at the deadline', async () => {
    expect(await told.post('MakeCommitment', { ...promise, dueAt: DUE })).toBe(200);
    await told.at('2024-03-20T00:00:00.000Z');
    await told.until('2024-03-20T00:00:00.000Z');
    expect(await told.lines('CommitmentBroken')).toEqual([[DUE, 'Promise k-1 broken (resolution time)']]);
  });

  it('a ticket that is escalated moves up every half hour until somebody of that level accepts', async () => {
    const uma = { id: 'uma', role: 'SUPERVISOR' };
    const hua = { id: 'hua', role: 'DEPARTMENT_HEAD' };
    const asked = { ticketId: 't-1', askedBy: 'CUSTOMER', reason: 'nothing moves' };
    expect(await told.post('EscalateTicket', asked)).toBe(200);
    const supervisor = { ...ann, role: 'SUPERVISOR' };
    expect(await told.refused('AcceptEscalation', { ticketId: 't-1' }, supervisor)).toBe(
      'CONFLICT_OF_INTEREST',
    );
    await told.until('2024-03-01T09:30:00.000Z');
    expect(await told.row('escalation-inbox', 't-1|1')).toMatchObject({ level: 'SUPERVISOR' });
    await told.until('2024-03-01T09:31:00.000Z');
    expect(await told.row('escalation-inbox', 't-1|1')).toMatchObject({
      ...{ level: 'DEPARTMENT_HEAD', trigger: 'NOT_ACCEPTED', escalatedAt: '2024-03-01T09:30:00.000Z' },
    });
    expect(await told.refused('AcceptEscalation', { ticketId: 't-1', escalation: 1 }, uma)).toBe(
      'ROLE_NOT_ALLOWED',
    );
    expect(await told.post('AcceptEscalation', { ticketId: 't-1', escalation: 1 }, hua)).toBe(200);
    await told.until('2024-03-01T12:00:00.000Z');
    expect(await told.row('escalation-inbox', 't-1|1')).toMatchObject({ acceptedById: 'hua' });

    expect(await told.post('WithdrawTicket', { ticketId: 't-1', reason: 'found it' })).toBe(200);
    expect((await told.edge.get('/escalation-inbox/t-1%7C1')).status).toBe(404);
    expect(await told.row('escalation-history', 't-1|1|DEPARTMENT_HEAD')).toMatchObject({
      ...{ from: 'SUPERVISOR', acceptedById: 'hua', resolvedAt: '2024-03-01T12:00:00.000Z' },
    });
  });

  it('what a customer does is recorded once while they allow it, and no longer when they do not', async () => {
    const word = { customerId, purpose: 'ANALYTICS', channel: 'ONLINE_CHAT' };
    const consent = { ...word, textVersion: 'privacy-3', act: 'TICKED', subject: 'ADULT' };
    const use = { customerId, kind: 'FEATURE_USE', subject: 'export', seconds: 60, happenedAt: START };
    const first = { ...use, sourceEventId: 'web:1' };
    expect(await told.refused('RecordBehaviour', first)).toBe('CONSENT_MISSING');
    expect(await told.post('GrantConsent', consent)).toBe(200);
    expect(await told.post('RecordBehaviour', first)).toBe(200);
    expect(await told.post('RecordBehaviour', first)).toBe(200);
    expect(await told.lines('BehaviourRecorded')).toHaveLength(1);

    await told.until('2024-03-31T23:59:59.999Z');
    expect(await told.lines('UsageDeclineDetected')).toEqual([]);
    await told.until('2024-04-02T09:00:00.000Z');
    expect(await told.lines('UsageDeclineDetected')).toEqual([
      ['2024-04-01T00:00:00.000Z', 'Uses features less: 0 seconds in 30 days after 60 in the 30 before'],
    ]);
    expect(await told.row('churn-risk', customerId)).toMatchObject({ mainSignal: 'USAGE_DECLINE' });
    expect(await told.post('WithdrawConsent', word)).toBe(200);
    expect(await told.row('churn-risk', customerId)).toMatchObject({ score: 0 });
    expect((await told.edge.get(`/usage-trend/${customerId}`)).status).toBe(404);
    expect(await told.refused('RecordBehaviour', { ...use, sourceEventId: 'web:2' })).toBe('CONSENT_MISSING');
    expect(await told.lines('BehaviourRecorded')).toHaveLength(1);
    const key = `${customerId}|ANALYTICS`;
    expect(await told.row('consent', key)).toMatchObject({ allowed: false });
    expect(await told.row('consent', key, '2024-04-02T08:59:59.999Z')).toMatchObject({ allowed: true });
  });
});
