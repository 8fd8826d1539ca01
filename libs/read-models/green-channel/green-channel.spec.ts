import * as e from '@rapport/domain/events';
import { ForceMember, type Department } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';
import { hour, ticketStory } from '../clocks.story';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { greenChannelBoard } from './green-channel-board.projection';

const { given } = rowsOf(greenChannelBoard);
const t = ticketStory();
const opened = e.GreenChannelOpened.of(
  { ...t.of, cause: 'QUADRANT_1', ownerId: 'ann', department: 'RND', openedAt: hour(1), planBy: hour(3) },
  hour(1),
);
const member = (staffId: string, department: Department) => hydrate(ForceMember, { staffId, department });
const force = {
  ...{
    ...t.of,
    leaderId: 'ann',
    leaderRole: 'OWNER',
    members: [member('ann', 'RND'), member('tom', 'TECHNICAL')],
  },
  ...{ purpose: 'GREEN_CHANNEL', departments: ['RND', 'TECHNICAL'] },
} satisfies Partial<e.TaskForceFormed>;
const formed = e.TaskForceFormed.of({ ...force, formedAt: hour(1) });
const closed = (more: Partial<e.GreenChannelClosed> = {}) =>
  e.GreenChannelClosed.of({
    ...{ ...t.of, cause: 'QUADRANT_1', openedAt: hour(1), planBy: hour(3), end: 'RESTORED', planLate: false },
    ...{ closedAt: hour(5), result: 'the copy serves', restoredAt: hour(4), ...more },
  });

describe('the board of green channels (SYS-24)', () => {
  it('shows which are open, why, and until when a plan is due', () => {
    given(opened)
      .row('t-1')
      .is({
        state: 'OPEN',
        cause: 'QUADRANT_1',
        planBy: hour(3),
        plannedAt: null,
        ownerId: 'ann',
        leaderId: null,
      });
  });

  it('shows who works on them together', () => {
    given(opened, formed)
      .row('t-1')
      .is({ leaderId: 'ann', departments: ['RND', 'TECHNICAL'], formedAt: hour(1) });
    const changed = e.TaskForceChanged.of({
      ...{ ...force, leaderId: 'hua', leaderRole: 'DEPARTMENT_HEAD', fromLeaderId: 'ann', fromMembers: [] },
      ...{ reason: 'x', changedAt: hour(2) },
    });
    given(opened, formed, changed).row('t-1').is({ leaderId: 'hua', leaderRole: 'DEPARTMENT_HEAD' });
    const care = e.TaskForceFormed.of({ ...force, purpose: 'UPGRADED_CARE', formedAt: hour(1) });
    given(care).row('t-1').is({ state: 'NONE', purpose: 'UPGRADED_CARE', cause: null });
  });

  it('shows whether the first plan came in time; at the deadline itself is in time', () => {
    given(opened, t.planned(3))
      .row('t-1')
      .is({ plannedAt: hour(3), planLate: false });
    given(opened, t.planned(4))
      .row('t-1')
      .is({ plannedAt: hour(4), planLate: true });
    given(opened, t.planned(2), t.planned(4))
      .row('t-1')
      .is({ plannedAt: hour(2), planLate: false });
    given(t.planned(0.5)).row('t-1').isGone();
    given(opened, t.planned(0.5)).row('t-1').is({ plannedAt: null });
  });

  it('keeps how they ended, and begins anew when one is opened again', () => {
    given(opened, t.planned(2), closed())
      .row('t-1')
      .is({
        state: 'CLOSED',
        end: 'RESTORED',
        result: 'the copy serves',
        restoredAt: hour(4),
        closedAt: hour(5),
      });
    const gone = closed({ end: 'TICKET_WITHDRAWN', planLate: true });
    given(opened, gone).row('t-1').is({ end: 'TICKET_WITHDRAWN', planLate: true });
    given(opened, t.planned(2), closed(), opened)
      .row('t-1')
      .is({ state: 'OPEN', plannedAt: null, result: null });
    const none = { leaderId: null, members: [], departments: [], purpose: null, formedAt: null };
    given(opened, formed, closed()).row('t-1').is({ leaderId: 'ann' });
    given(opened, formed, closed(), opened).row('t-1').is(none);
    const care = e.TaskForceFormed.of({ ...force, purpose: 'UPGRADED_CARE', formedAt: hour(0) });
    given(care, opened).row('t-1').is({ state: 'OPEN', leaderId: 'ann', purpose: 'UPGRADED_CARE' });
  });
});

describe('the queue of open tickets', () => {
  const queue = rowsOf(ticketQueue).given;
  it('shows which come before all others (SYS-24.3)', () => {
    queue(t.registered(), opened).row('t-1').is({ green: true });
    queue(t.registered(), opened, closed()).row('t-1').is({ green: false });
  });
});
