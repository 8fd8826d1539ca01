import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: number) => new Date(`2024-03-${String(day)}T10:00:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const customerId = 'c-26';

/** ST-26, recommended tutorial: what lies in it of watching. */
describe('ST-26', () => {
  const stage = new Stage();
  const visit = (n: number) =>
    c.RecordBehaviour.of({
      ...{ sourceEventId: `visit-${n}`, customerId, kind: 'DOCUMENT_VISIT', subject: 'bulk export' },
      happenedAt: on(11 + n),
    });

  it('1. Five visits of document "bulk export" in 7 days: each counts once, however often it is told', async () => {
    await stage.at(on(11));
    const customer = { customerId, name: 'C-26', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const word = { customerId, purpose: 'ANALYTICS', subject: 'ADULT', textVersion: '3' } as const;
    await stage.wants(ANN, c.GrantConsent.of({ ...word, channel: 'EMAIL', act: 'SIGNED' }));
    await stage.at(on(16));
    for (const n of [1, 2, 3, 4, 5]) expect(await stage.wants(ANN, visit(n))).toEqual(['BehaviourRecorded']);
    expect(await stage.wants(ANN, visit(3))).toEqual([]);
    expect(stage.all(e.BehaviourRecorded)).toHaveLength(5);
    expect(await stage.row('usage-trend', customerId)).toMatchObject({ documentVisits: 5 });
  });

  it.todo('1. → ProactiveServiceTriggered (waits for SYS-11 proactive service)');
  it.todo('2. Adviser delivers tutorial (waits for SYS-11 proactive service)');
  it.todo('3. No second trigger in 30 days (waits for SYS-11 proactive service)');
});
