import { scenario } from '@rapport/kernel/spec';
import { SetCapacity } from './staff.commands';
import { staff } from './staff.decider';
import { CapacitySet } from './staff.events';

const NOW = '2024-03-01T09:00:00.000Z';
const as = (role: string) => scenario(staff, { now: NOW, actor: { id: 'uma', role } }).given;
const given = as('SUPERVISOR');
const set = (openTickets: number, more: Partial<SetCapacity> = {}) =>
  SetCapacity.of({ staffId: 'ann', openTickets, ...more });
const event = (to: number, more: Partial<CapacitySet> = {}) =>
  CapacitySet.of({ staffId: 'ann', to, setById: 'uma', setAt: NOW, ...more });

describe('what somebody can do at a time (SYS-62.3)', () => {
  it('is said by a supervisor, with what it was before', () => {
    given()
      .when(set(8, { department: 'TECHNICAL' }))
      .then(event(8, { department: 'TECHNICAL' }));
    given(event(8, { department: 'TECHNICAL' }))
      .when(set(0, { reason: 'ill' }))
      .then(event(0, { from: 8, department: 'TECHNICAL', reason: 'ill' }));
    given(event(8)).when(set(8)).thenNothing();
    expect(
      given(event(8))
        .when(set(8, { department: 'RND' }))
        .decided(),
    ).toHaveLength(1);
  });
  it('is not said by whoever does it', () => {
    as('SERVICE_SPECIALIST')().when(set(8)).thenRefused('ROLE_NOT_ALLOWED');
  });
});
