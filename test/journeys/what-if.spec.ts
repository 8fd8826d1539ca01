import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { BUILT_IN_POLICY, type SlaRule } from '@rapport/domain/values';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';
import { weighedAsUsual } from '../support/weighed';

/** A time of March 2024 at a desk in Shanghai. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const S: Actor = { id: 's', role: 'SERVICE_SPECIALIST' };
const U: Actor = { id: 'u', role: 'SUPERVISOR' };
const customerId = 'c-1';
const { version: _, ...builtIn } = { ...BUILT_IN_POLICY, basis: 'a thought' };
/** Everything due within so many minutes where it is due within more: stricter for everybody alike. */
const within = (minutes: number): readonly SlaRule[] =>
  builtIn.rules.map((rule) =>
    rule.moment === 'FIRST_RESPONSE' && (rule.within.minutes ?? 0) > minutes
      ? { ...rule, within: { ...rule.within, minutes } }
      : rule,
  );
const MARCH = { from: on('01', '00:00'), to: on('31', '00:00') };

interface Cell {
  readonly [name: string]: unknown;
}
interface WhatIf {
  readonly tickets: number;
  readonly next: string | null;
  readonly attainment: readonly Cell[];
  readonly breaches: { readonly count: number; readonly longest: readonly Cell[] };
}

/** Three needs: one answered soon, one after a day, one reclassified, paused, promised and not solved in time. */
const business = async (): Promise<Stage> => {
  const stage = await new Stage().at(on('04', '09:00'));
  const customer = { customerId, name: 'C', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(S, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai' }));
  const register = (ticketId: string, more: Partial<c.RegisterTicket> = {}) =>
    c.RegisterTicket.of({
      ...{ ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE', collectorId: 's' },
      ...{ verbatim: 'x', raisedAt: on('04', '09:00'), ...more },
    });
  for (const [ticketId, time] of Object.entries({ 't-1': '08:00', 't-2': '08:30', 't-3': '09:00' }))
    await stage.wants(S, register(ticketId, { raisedAt: on('04', time) }));
  for (const ticketId of ['t-1', 't-2', 't-3']) {
    await stage.wants(U, weighedAsUsual(ticketId, '2024-03-04'));
    await stage.wants(U, c.PrioritiseTicket.of({ ticketId, urgent: true, important: false }));
  }
  const answer = (ticketId: string, respondedAt: string) =>
    c.RecordFirstResponse.of({ ticketId, respondedAt, direction: 'we look', interactionId: 'call' });
  await stage.at(on('04', '10:00'));
  await stage.wants(S, answer('t-1', on('04', '10:00')));
  await stage.wants(
    U,
    c.ChangeTicketUrgency.of({ ticketId: 't-3', urgency: 'URGENT', reason: 'all stand still' }),
  );
  await stage.wants(S, c.WaitForCustomer.of({ ticketId: 't-3', question: 'which?' }));
  const reason = 'WAITING_FOR_CUSTOMER' as const;
  for (const moment of ['PLAN', 'RESOLVE'] as const)
    await stage.wants(U, c.PauseSlaClock.of({ ticketId: 't-3', moment, reason, questionId: 'mail-1' }));
  await stage.at(on('05', '08:00'));
  await stage.wants(S, answer('t-2', on('05', '08:00')));
  await stage.at(on('05', '09:00'));
  await stage.wants(S, c.ResumeTicket.of({ ticketId: 't-3' }));
  await stage.wants(
    S,
    c.MakeCommitment.of({
      ...{ commitmentId: 'k-1', customerId, ticketId: 't-3', kind: 'RESOLUTION_TIME', makerId: 's' },
      ...{ text: 'on Wednesday', channel: 'EMAIL', dueAt: on('06', '12:00'), writtenId: 'mail-2' },
    }),
  );
  await stage.at(on('07', '12:00'));
  for (const ticketId of ['t-1', 't-2'])
    await stage.wants(
      S,
      c.DeliverSolution.of({ ticketId, solution: 'done', deliveredAt: on('07', '12:00') }),
    );
  return stage.at(on('08', '09:00'));
};
const asked = async (stage: Stage, wish: object): Promise<WhatIf> => {
  const { status, body } = await stage.post('/sla-policies/what-if', { ...MARCH, ...wish });
  expect([status, body.errors]).toEqual([200, undefined]);
  return body.data as unknown as WhatIf;
};

/** SYS-20, SYS-21: a policy is tried on what happened before anybody publishes it. */
describe('what a policy would have meant', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await business()));
  const sum = ({ attainment }: WhatIf, name: string) =>
    attainment.reduce((all, cell) => all + Number(cell[name]), 0);

  it('the one that held would have said what the clocks have said', async () => {
    const found = await asked(stage, { policy: builtIn });
    const { body } = await stage.get('/sla-status?limit=100');
    const clocks = body.data as unknown as readonly Cell[];
    const states = (state: string) => clocks.filter((clock) => clock['state'] === state).length;
    expect(clocks.length).toBeGreaterThan(10);
    expect(found.tickets).toBe(3);
    expect(sum(found, 'started')).toBe(clocks.length);
    for (const [name, state] of [
      ['met', 'MET'],
      ['metLate', 'MET_LATE'],
      ['missed', 'BREACHED'],
      ['open', 'OPEN'],
    ] as const)
      expect([name, sum(found, name)]).toEqual([name, states(state)]);
    const { body: breaches } = await stage.get('/breach-list?limit=100');
    const keyOf = (at: Cell) =>
      [at['ticketId'], at['moment'], at['round'], at['dueAt'] ?? at['breachedAt']].join('|');
    expect(found.breaches.longest.map(keyOf).sort()).toEqual(
      (breaches.data as unknown as readonly Cell[]).map(keyOf).sort(),
    );
  });

  it('a stricter one would have missed more, and says which, by priority and month', async () => {
    const held = await asked(stage, { moment: 'FIRST_RESPONSE' });
    const stricter = await asked(stage, {
      policy: { ...builtIn, rules: within(150) },
      moment: 'FIRST_RESPONSE',
    });
    expect(held.attainment).toMatchObject([{ month: '2024-03', priority: 3, started: 3, met: 2, missed: 1 }]);
    expect(stricter.attainment).toMatchObject([{ met: 1, metLate: 1, missed: 1, attainment: 0.3333 }]);
    expect(stricter.breaches.longest.map(({ ticketId }) => ticketId)).toEqual(['t-3', 't-2']);
  });

  it('is refused as publishing it would be refused, and names the field', async () => {
    const odd = builtIn.rules.map((rule) =>
      rule.id === 'SLA-ROU' && rule.moment === 'PLAN'
        ? { ...rule, within: { kind: 'CONTINUOUS' as const, minutes: 10 } }
        : rule,
    );
    const refused = await stage.post('/sla-policies/what-if', {
      ...MARCH,
      policy: { ...builtIn, rules: odd },
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'STRICTNESS_BROKEN']);
    const unfit = await stage.post('/sla-policies/what-if', {
      ...MARCH,
      policy: { ...builtIn, rules: [{ id: 'A' }] },
    });
    expect(unfit.status).toBe(400);
    expect(unfit.body.errors.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['policy.rules.0.moment', 'policy.rules.0.within']),
    );
    const empty = await stage.post('/sla-policies/what-if', { from: MARCH.to, to: MARCH.from });
    expect([empty.status, empty.body.code]).toEqual([422, 'SPAN_EMPTY']);
  });

  it('goes on where it stopped', async () => {
    const first = await asked(stage, { tickets: 2 });
    expect(first).toMatchObject({ tickets: 2, complete: false, next: on('04', '09:00') });
    const rest = await asked(stage, { tickets: 2, from: first.next });
    expect(rest).toMatchObject({ tickets: 1, complete: true, next: null });
  });

  it('leaves the log and the rows as they were', async () => {
    const before = stage.events.length;
    const rows = (await stage.get('/sla-status?limit=100')).text;
    await asked(stage, { policy: { ...builtIn, rules: within(30) } });
    await stage.at(on('08', '09:00'));
    expect(stage.events).toHaveLength(before);
    expect((await stage.get('/sla-status?limit=100')).text).toBe(rows);
  });
});

/** here it would have gone through the green channel, whatever its own help desk did. */
it('an imported ticket of priority 1 would have been due to be planned in two hours', async () => {
  const stage = await new Stage().at(on('04', '09:00'));
  const importer: Actor = { id: 'import', role: 'MIGRATION' };
  const customer = { customerId, name: 'C', industry: 'Retail', source: 'REFERRAL' } as const;
  await stage.wants(importer, c.RegisterCustomer.of(customer));
  const ticket = {
    customerId,
    urgency: 'ROUTINE',
    channel: 'PHONE',
    collectorId: 's',
    verbatim: 'x',
  } as const;
  const raisedAt = on('04', '09:00');
  await stage.wants(importer, c.RegisterTicket.of({ ...ticket, ticketId: 't-1', raisedAt, priority: 1 }));
  await stage.wants(importer, c.RegisterTicket.of({ ...ticket, ticketId: 't-2', raisedAt, priority: 3 }));
  await stage.wants(S, c.RegisterTicket.of({ ...ticket, ticketId: 't-3', raisedAt }));
  await stage.at(on('04', '10:00'));
  for (const ticketId of ['t-2', 't-3'])
    await stage.wants(importer, c.ChangeTicketUrgency.of({ ticketId, priority: 1, reason: 'source' }));
  await stage.at(on('05', '09:00'));
  const { breaches } = await asked(stage, { moment: 'PLAN' });
  expect(breaches.longest).toMatchObject([
    { ticketId: 't-1', dueAt: on('04', '11:00') },
    { ticketId: 't-2', dueAt: on('04', '12:00') },
  ]);
  expect(breaches.longest).toHaveLength(2);
});

describe('a past ticket that another system brought', () => {
  const brought: Actor = { id: 'import-incidents', role: 'MIGRATION' };
  const told = async (stage: Stage, ticketId: string, more: Partial<c.WaitForCustomer>) => {
    await stage.wants(
      brought,
      c.RegisterTicket.of({
        ...{ ticketId, customerId, type: 'SERVICE', urgency: 'URGENT', channel: 'PHONE', collectorId: 's' },
        ...{ verbatim: 'x', raisedAt: on('04', '09:00') },
      }),
    );
    await stage.wants(brought, c.WaitForCustomer.of({ ticketId, question: 'which?', ...more }));
  };

  it('would have had clocks that stand still where its source waited, with the record of it', async () => {
    const stage = await new Stage().at(on('04', '09:00'));
    const customer = { customerId, name: 'C', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(brought, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai' }));
    await told(stage, 'INC1', { interactionId: 'INC1-row-2' });
    await told(stage, 'INC2', {});
    await stage.at(on('05', '11:00'));
    for (const ticketId of ['INC1', 'INC2'])
      await stage.wants(
        brought,
        c.DeliverSolution.of({ ticketId, solution: 'x', deliveredAt: on('05', '11:00') }),
      );
    expect(stage.all(e.SlaClockStarted)).toEqual([]);
    const found = await asked(stage, { moment: 'PLAN' });
    expect(found.attainment).toMatchObject([{ started: 2, met: 1, metLate: 1 }]);
    expect(found.breaches.longest).toMatchObject([{ ticketId: 'INC2', dueAt: on('05', '09:00') }]);
  });
});
