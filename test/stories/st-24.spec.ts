import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

const MORNING = new Date('2024-03-11T10:00:00+08:00').toISOString();
const M: Actor = { id: 'm', role: 'ACCOUNT_MANAGER' };
const customerId = 'c-24';

/** ST-24, customer's people disagree. */
describe('ST-24', () => {
  const stage = new Stage();

  it('1. DECISION_MAKER wants phase 2 now: it is a need of this contact', async () => {
    await stage.at(MORNING);
    const customer = { customerId, name: 'C-24', industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(M, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai', grade: 'REGULAR' }));
    const people = [
      { contactId: 'dong', name: 'Dong', roles: ['DECISION_MAKER'], phone: '1' },
      { contactId: 'fei', name: 'Fei', roles: ['FINANCIAL_REVIEWER'], phone: '2' },
    ] as const;
    for (const contact of people)
      expect(await stage.wants(M, c.AddContact.of({ customerId, ...contact }))).toEqual(['ContactAdded']);
    const need = { ticketId: 't-24', customerId, contactId: 'dong', type: 'FUNCTIONAL' } as const;
    const said = { urgency: 'IMPORTANT', channel: 'EMAIL', verbatim: 'we want phase 2 now' } as const;
    const phase2 = c.RegisterTicket.of({ ...need, ...said, collectorId: 'm', raisedAt: MORNING });
    expect(await stage.wants(M, phase2)).toContain('TicketRegistered');
    expect(stage.all(e.TicketRegistered)).toMatchObject([{ contactId: 'dong' }]);
  });

  it('1. FINANCIAL_REVIEWER stands beside the decision maker in the decision chain', async () => {
    expect(await stage.row('customer-profile', customerId)).toMatchObject({
      contacts: [
        { contactId: 'dong', roles: ['DECISION_MAKER'], influence: 1 },
        { contactId: 'fei', roles: ['FINANCIAL_REVIEWER'], influence: 2 },
      ],
    });
  });

  it.todo('1. FINANCIAL_REVIEWER refuses the budget (waits for SYS-02 stakeholder alignment)');
  it.todo('2. StakeholderDisagreementRecorded (waits for SYS-02 stakeholder alignment)');
  it.todo('2. the quote shows the warning (waits for SYS-54 quotes)');
  it.todo(
    '3. after the executive talk, StakeholderDisagreementResolved (waits for SYS-02 stakeholder alignment and SYS-48 executive interaction)',
  );
});
