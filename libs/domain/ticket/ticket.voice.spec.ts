import { scenario } from '@rapport/kernel/spec';
import * as base from './ticket.commands';
import { ticket } from './ticket.decider';
import * as ticketEvents from './ticket.events';
import * as c from './ticket.tasks.commands';
import * as e from './ticket.tasks.events';
import { NOW, of, told, registered, led, owned, withCalendar } from './ticket.tasks.story';

const as = (role: string, id = 'uma', now = NOW) =>
  withCalendar(scenario(ticket, { now, actor: { id, role } }).given);
const given = withCalendar(scenario(ticket, { now: NOW }).given);

describe('one department leads', () => {
  const byType = c.LeadTicketByType.of({ ticketId: 't-1' });
  it.each([
    ['FUNCTIONAL', 'PRODUCT'],
    ['SERVICE', 'CUSTOMER_SERVICE'],
    ['COMPLAINT', 'CUSTOMER_SERVICE'],
    ['COOPERATION', 'SALES'],
  ] as const)('a ticket of type %s: %s', (type, to) => {
    const raised = { ...of, ...told, type, isEnquiry: false, isComplex: false };
    given(ticketEvents.TicketRegistered.of(raised))
      .when(byType)
      .then(ticketEvents.LeadDepartmentAssigned.of({ ...of, type, to, reassignment: false, byType: true }));
  });
  it('it follows the type as long as nobody chose it', () => {
    const { type: _, ...unclassified } = of;
    given(ticketEvents.TicketRegistered.of({ ...unclassified, ...told, isEnquiry: false, isComplex: false }))
      .when(byType)
      .thenNothing();
    given(registered, led('SALES'))
      .when(byType)
      .then(
        ticketEvents.LeadDepartmentAssigned.of({
          ...{ ...of, from: 'SALES', to: 'CUSTOMER_SERVICE', reassignment: true, byType: true },
        }),
      );
    given(registered, led('CUSTOMER_SERVICE')).when(byType).thenNothing();
    const chosen = ticketEvents.LeadDepartmentAssigned.of({ ...of, to: 'RND', reassignment: false });
    given(registered, chosen).when(byType).thenNothing();
  });
  it('whoever is chosen first replaces it without counting as a change of hands', () => {
    given(registered, led('CUSTOMER_SERVICE'))
      .when(base.AssignLeadDepartment.of({ ticketId: 't-1', department: 'RND' }))
      .then(
        ticketEvents.LeadDepartmentAssigned.of({
          ...{ ...of, from: 'CUSTOMER_SERVICE', to: 'RND', reassignment: false },
        }),
      );
  });
});

describe('the customer hears one voice', () => {
  const answer = { ticketId: 't-1', respondedAt: NOW, direction: 'we look', interactionId: 'call-1' };
  const say = (speakingDepartment: string) => base.RecordFirstResponse.of({ ...answer, speakingDepartment });
  const standing = [registered, led('CUSTOMER_SERVICE'), owned('tom')];
  const delegated = e.VoiceDelegated.of({
    ...{ ...of, to: 'TECHNICAL', ownerId: 'tom', delegatedById: 'tom', delegatedAt: NOW },
  });

  it('that of the lead department or the owner', () => {
    expect(
      given(...standing)
        .when(say('CUSTOMER_SERVICE'))
        .decided(),
    ).toHaveLength(1);
    expect(
      as(
        'SERVICE_SPECIALIST',
        'tom',
      )(...standing)
        .when(say('TECHNICAL'))
        .decided(),
    ).toHaveLength(1);
    given(...standing)
      .when(say('TECHNICAL'))
      .thenRefused('VOICE_NOT_DELEGATED');
  });
  it('whatever goes out: acknowledgement, question, plan, solution', () => {
    const out = { ticketId: 't-1', speakingDepartment: 'TECHNICAL' };
    for (const command of [
      base.AcknowledgeTicket.of({ ...out, acknowledgedAt: NOW }),
      base.WaitForCustomer.of({ ...out, question: 'which?' }),
      base.PresentPlan.of({ ...out, options: [], presentedAt: NOW }),
      base.DeliverSolution.of({ ...out, solution: 'this', deliveredAt: NOW }),
    ])
      given(...standing)
        .when(command)
        .thenRefused('VOICE_NOT_DELEGATED');
  });
  it('or of whom the owner lets speak, until there is another owner', () => {
    const delegate = c.DelegateVoice.of({ ticketId: 't-1', to: 'TECHNICAL' });
    as(
      'SERVICE_SPECIALIST',
      'tom',
    )(...standing)
      .when(delegate)
      .then(delegated);
    as('SUPERVISOR')(...standing)
      .when(delegate)
      .then(
        e.VoiceDelegated.of({
          ...{ ...of, to: 'TECHNICAL', ownerId: 'tom', delegatedById: 'uma', delegatedAt: NOW },
        }),
      );
    given(...standing)
      .when(delegate)
      .thenRefused('ROLE_NOT_ALLOWED');
    given(registered).when(delegate).thenRefused('OWNER_MISSING');
    as('SUPERVISOR')(...standing, delegated)
      .when(delegate)
      .thenNothing();
    expect(
      given(...standing, delegated)
        .when(say('TECHNICAL'))
        .decided(),
    ).toHaveLength(1);
    given(...standing, delegated, owned('bob'))
      .when(say('TECHNICAL'))
      .thenRefused('VOICE_NOT_DELEGATED');
  });
});
