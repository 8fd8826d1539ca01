import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, Monday 11 March 2024. */
const at = (time: string) => new Date(`2024-03-11T${time}:00+08:00`).toISOString();
const SC1: Actor = { id: 'sc1', role: 'SALES_CONSULTANT' };
const customerId = 'p-01';
const hengyuan = c.RegisterCustomer.of({
  ...{ customerId, name: 'Hengyuan Parts', industry: 'Manufacturing', size: 'MEDIUM' },
  ...{ source: 'OFFLINE_EVENT', zone: 'Asia/Shanghai' },
});

/** ST-01, first contact (初次接触): prospect P-01 "Hengyuan Parts", contacts Lin and Qiu, sales consultant SC1. */
describe('ST-01', () => {
  const stage = new Stage();

  it('1. When SC1 dispatches RegisterCustomer (source OFFLINE_EVENT) on Mon 2024-03-11 09:00, then CustomerRegistered, stage ACQUISITION, grade PROSPECT', async () => {
    await stage.at(at('09:00'));
    expect(await stage.wants(SC1, hengyuan)).toEqual(['CustomerRegistered']);
    expect(stage.all(e.CustomerRegistered)).toMatchObject([
      { source: 'OFFLINE_EVENT', grade: 'PROSPECT', registeredAt: at('09:00') },
    ]);
    expect(await stage.row('lifecycle', customerId)).toMatchObject({
      stage: 'ACQUISITION',
      since: at('09:00'),
    });
    expect(await stage.row('customer-profile', customerId)).toMatchObject({ grade: 'PROSPECT' });
  });

  it('1. … given no such customer: registered once more by name and industry, then DUPLICATE_CUSTOMER', async () => {
    const twice = c.RegisterCustomer.of({ ...hengyuan, customerId: 'p-02', name: ' hengyuan  PARTS' });
    expect(await stage.wants(SC1, twice)).toBe('DUPLICATE_CUSTOMER');
  });

  it('Fixtures: Lin (DECISION_MAKER) and Qiu (TECHNICAL_EVALUATOR) stand in the decision chain, nobody is the DAILY_CONTACT yet', async () => {
    const lin = { contactId: 'lin', name: 'Lin', roles: ['DECISION_MAKER'], phone: '1' } as const;
    const qiu = { contactId: 'qiu', name: 'Qiu', roles: ['TECHNICAL_EVALUATOR'], email: 'q@h.cn' } as const;
    for (const contact of [lin, qiu])
      expect(await stage.wants(SC1, c.AddContact.of({ customerId, ...contact }))).toEqual(['ContactAdded']);
    expect(await stage.row('customer-profile', customerId)).toMatchObject({
      contacts: [
        { contactId: 'lin', influence: 1 },
        { contactId: 'qiu', influence: 2 },
      ],
      uncoveredRoles: ['DAILY_CONTACT'],
    });
  });

  it.todo('2. ScheduleFirstContact before research, then RESEARCH_REQUIRED (waits for SYS-04 first contact)');
  it.todo(
    '3. BackgroundResearchCompleted, FirstContactScheduled, the dossier proposes a case (waits for SYS-04 first contact)',
  );
  it.todo(
    '4. FirstContactHeld, ValuePropositionPresented of 9 min with E-7 (waits for SYS-04 first contact and SYS-50 evidence)',
  );
  it.todo('5. OVER_10_MIN, EVIDENCE_REQUIRED (waits for SYS-04 first contact and SYS-50 evidence)');
  it.todo('6. InteractionSummaryConfirmed, UnconfirmedInteractions (waits for SYS-09 interaction log)');
  it.todo('7. ProspectPipelineView shows P-01 with next action and date (waits for SYS-04 first contact)');

  it('7. Then LifecycleView = ACQUISITION', async () => {
    await stage.at(new Date('2024-03-14T15:00:00+08:00').toISOString());
    expect(await stage.row('lifecycle', customerId)).toMatchObject({
      stage: 'ACQUISITION',
      previousStage: null,
    });
    expect(stage.all(e.LifecycleStageChanged)).toEqual([]);
  });
});
