import type { Actor } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import { AssignTicketOwner } from './ticket.commands';
import { ticket } from './ticket.decider';
import { TicketOwnerAssigned, TicketRegistered } from './ticket.events';
import { regular, vip } from './ticket.spoken.story';

const NOW = '2024-03-04T09:00:00.000Z';
const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'SERVICE',
  urgency: 'ROUTINE',
  raisedAt: NOW,
} as const;
const told = { channel: 'PHONE', verbatim: 'the printer is broken', collectorId: 'sam' } as const;
const registered = TicketRegistered.of({ ...of, ...told, isEnquiry: false, isComplex: false });
const toAnn = AssignTicketOwner.of({ ticketId: 't-1', ownerId: 'ann' });
const isAnns = TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
const said = (id: string, role: string) => {
  const actor: Actor = { id, role };
  return scenario(ticket, { now: NOW, actor }).given(registered).when(toAnn, vip);
};

describe('the ticket of a VIP (SYS-15.2)', () => {
  it('is not taken alone by whoever sits at the desk', () =>
    said('ann', 'SERVICE_SPECIALIST').thenRefused('OWNER_UNFIT'));

  it.each([
    ['the account manager takes it', 'ann', 'ACCOUNT_MANAGER'],
    ['the head of the department names somebody', 'hua', 'DEPARTMENT_HEAD'],
    ['a colleague names somebody', 'bob', 'SERVICE_SPECIALIST'],
  ])('has an owner when %s', (_, id, role) => said(id, role).then(isAnns));

  it('is like any other when it has that owner already', () =>
    scenario(ticket, { now: NOW, actor: { id: 'ann', role: 'SERVICE_SPECIALIST' } })
      .given(registered, isAnns)
      .when(toAnn, vip)
      .thenNothing());
});

it('the ticket of any other customer may be taken at the desk', () =>
  scenario(ticket, { now: NOW, actor: { id: 'ann', role: 'SERVICE_SPECIALIST' } })
    .given(registered)
    .when(toAnn, regular)
    .then(isAnns));
