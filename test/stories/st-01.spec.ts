import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, March 2024. */
const on = (day: string, time: string) => new Date(`2024-03-${day}T${time}:00+08:00`).toISOString();
const SC1: Actor = { id: 'sc1', role: 'SALES_CONSULTANT' };
const customerId = 'p-01';

/** ST-01, first contact (初次接触): prospect P-01 "Hengyuan Parts". */
describe('ST-01', () => {
  let stage: Stage;
  beforeAll(async () => (stage = await new Stage().at(on('11', '09:00'))));

  it('1. RegisterCustomer (source OFFLINE_EVENT) on Mon 2024-03-11 09:00, then CustomerRegistered, stage ACQUISITION, grade PROSPECT', async () => {
    const prospect = {
      customerId,
      name: 'Hengyuan Parts',
      industry: 'manufacturing',
      size: 'LARGE',
    } as const;
    const wanted = c.RegisterCustomer.of({ ...prospect, source: 'OFFLINE_EVENT' });
    expect(await stage.wants(SC1, wanted)).toContain('CustomerRegistered');
    expect(stage.all(e.CustomerRegistered)).toMatchObject([{ customerId, source: 'OFFLINE_EVENT' }]);
    expect(await stage.row('customer-profile', customerId)).toMatchObject({ grade: 'PROSPECT' });
    expect(await stage.row('lifecycle', customerId)).toMatchObject({ stage: 'ACQUISITION' });
  });

  it('1. with the contacts Lin (DECISION_MAKER) and Qiu (TECHNICAL_EVALUATOR)', async () => {
    const people = { lin: 'DECISION_MAKER', qiu: 'TECHNICAL_EVALUATOR' } as const;
    for (const [contactId, role] of Object.entries(people)) {
      const person = { customerId, contactId, name: contactId, roles: [role], email: `${contactId}@p.cn` };
      expect(await stage.wants(SC1, c.AddContact.of(person))).toEqual(['ContactAdded']);
    }
  });

  it.todo('2. RESEARCH_REQUIRED (waits for SYS-04 background research)');
  it.todo('3. BackgroundResearchCompleted, FirstContactScheduled, the dossier (wait for SYS-04)');
  it.todo('4. FirstContactHeld, ValuePropositionPresented (wait for SYS-04)');
  it.todo('5. OVER_10_MIN, EVIDENCE_REQUIRED (wait for SYS-04 and SYS-50)');
  it.todo('6. InteractionSummaryConfirmed, UnconfirmedInteractions (wait for SYS-09 interaction log)');
  it.todo('7. ProspectPipelineView (waits for SYS-04)');

  it('7. LifecycleView = ACQUISITION', async () => {
    await stage.at(on('14', '16:00'));
    expect(await stage.row('lifecycle', customerId)).toMatchObject({ stage: 'ACQUISITION' });
    expect(await stage.report('lifecycle')).toMatchObject({ customers: 1 });
  });
});
