import { scenario } from '@rapport/kernel/spec';
import { NOTHING_PUBLISHED } from '../sla/sla.story';
import { CloseUnconfirmed, WithdrawTicket } from './ticket.commands';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import * as c from './ticket.greenchannel.commands';
import {
  analysed,
  closed,
  formed,
  led,
  of,
  opened,
  owned,
  planned,
  ranked,
  RAISED,
  registered,
  T0,
  T2H,
} from './ticket.greenchannel.story';
import { OverridePriority, PrioritiseTicket } from './ticket.priority.commands';

const as = (role: string, now = T0, id = 'ann') => scenario(ticket, { now, actor: { id, role } }).given;
const given = as('SERVICE_SPECIALIST');
/** May open one by hand: of the role, and not the owner. */
const byUma = as('SUPERVISOR', T0, 'uma');
const customer = { stage: 'known', profile: {}, contacts: {} };
const known = {
  ...{ customer, value: { tier: 'STANDARD', months: [], scoredTier: 'STANDARD' } },
  rulebook: NOTHING_PUBLISHED,
};
const open = (more: Partial<c.OpenGreenChannel> = {}) => c.OpenGreenChannel.of({ ticketId: 't-1', ...more });
const names = (events: readonly { readonly messageClass: { readonly name: string } }[]) =>
  events.map(({ messageClass }) => messageClass.name);

describe('the green channel (SYS-24)', () => {
  it('opens in the same decision that puts a ticket into quadrant 1, with a plan due two hours later (R-12, R-13)', () => {
    const first = PrioritiseTicket.of({ ticketId: 't-1', urgent: true, important: true });
    const decided = given(registered, owned, led, analysed).when(first, known).decided();
    expect(names(decided)).toEqual(['TicketPrioritised', 'GreenChannelOpened', 'TaskForceFormed']);
    expect(decided[1]?.data).toEqual(
      opened({ priority: 1, ownerId: 'ann', department: 'CUSTOMER_SERVICE' }).data,
    );
    expect(decided[2]?.data).toEqual(formed({ priority: 1 }).data);
    const third = PrioritiseTicket.of({ ticketId: 't-1', urgent: true, important: false });
    expect(names(given(registered, analysed).when(third, known).decided())).toEqual(['TicketPrioritised']);
  });

  it('opens too when a priority is overridden to the first, but not twice', () => {
    const up = OverridePriority.of({ ticketId: 't-1', level: 1, reason: 'the whole shop stands still' });
    const by = as('SUPERVISOR', T0, 'uma');
    expect(names(by(registered, analysed, ranked('Q2')).when(up, known).decided())).toEqual([
      ...['TicketPriorityOverridden', 'GreenChannelOpened'],
    ]);
    expect(names(by(registered, analysed, ranked('Q2'), opened()).when(up, known).decided())).toEqual([
      'TicketPriorityOverridden',
    ]);
  });

  it('opens for a major complaint by itself, and asks nobody twice', () => {
    const major = as('POLICY', T0, 'when-complaint-major-then-open-green-channel');
    major(registered)
      .when(open({ cause: 'MAJOR_COMPLAINT' }))
      .then(opened({ cause: 'MAJOR_COMPLAINT' }));
    major(registered, opened())
      .when(open({ cause: 'MAJOR_COMPLAINT' }))
      .thenNothing();
  });

  it('begins with the owner, for the departments that lead and work; without an owner somebody forms the force', () => {
    const force = (...history: Parameters<typeof given>) =>
      byUma(...history)
        .when(open({ reason: 'x' }))
        .decided()
        .slice(1);
    expect(force(registered, led, analysed)).toEqual([]);
    expect(force(registered, owned)).toEqual([]);
    expect(force(registered, owned, led, analysed)).toEqual([formed()]);
    const [alone] = force(registered, owned, analysed);
    expect(alone?.data).toMatchObject({ departments: ['TECHNICAL'] });
  });

  it('of quadrant 3 or 4 needs an approver who is not the owner; with any but the first a reason', () => {
    for (const quadrant of ['Q3', 'Q4'] as const) {
      const history = [registered, owned, analysed, ranked(quadrant)] as const;
      given(...history)
        .when(open())
        .thenRefused('REASON_MISSING');
      const because = (approverId?: string) =>
        open({ reason: 'a minister visits', ...(approverId !== undefined && { approverId }) });
      given(...history)
        .when(because())
        .thenRefused('APPROVER_REQUIRED');
      given(...history)
        .when(because('ann'))
        .thenRefused('APPROVER_REQUIRED');
      as('SUPERVISOR')(...history)
        .when(because())
        .thenRefused('APPROVER_REQUIRED');
      const [byHead] = byUma(...history)
        .when(because())
        .decided();
      expect(byHead?.data).toMatchObject({
        cause: 'BY_HAND',
        approverId: 'uma',
        reason: 'a minister visits',
      });
      const [byOther] = byUma(...history)
        .when(because('hua'))
        .decided();
      expect(byOther?.data).toMatchObject({ approverId: 'hua' });
    }
    given(registered, ranked('Q1'))
      .when(open())
      .then(opened({ priority: 1 }));
  });

  it('is not opened by a name: somebody below a supervisor, or the owner, proves nothing by writing one down', () => {
    const named = open({ reason: 'a minister visits', approverId: 'hua' });
    for (const quadrant of ['Q3', 'Q4'] as const) {
      const history = [registered, owned, analysed, ranked(quadrant)] as const;
      given(...history)
        .when(named)
        .thenRefused('APPROVER_REQUIRED');
      as('SUPERVISOR')(...history)
        .when(named)
        .thenRefused('APPROVER_REQUIRED');
      byUma(...history)
        .when(open({ reason: 'x', approverId: 'ann' }))
        .thenRefused('APPROVER_REQUIRED');
    }
  });

  it('of a ticket that nobody has ranked needs the approver as well; an important one needs the reason alone', () => {
    const because = open({ reason: 'x', approverId: 'hua' });
    given(registered).when(because).thenRefused('APPROVER_REQUIRED');
    const [unranked] = as('DEPARTMENT_HEAD', T0, 'hua')(registered).when(because).decided();
    expect(unranked?.data).toMatchObject({ cause: 'BY_HAND', approverId: 'hua' });
    const [important] = given(registered, owned, analysed, ranked('Q2')).when(because).decided();
    expect(important?.data).toMatchObject({ cause: 'BY_HAND', reason: 'x' });
    expect(important?.data).not.toHaveProperty('approverId');
  });

  it('is one at a time, of an open ticket', () => {
    given(registered, opened())
      .when(open({ reason: 'x' }))
      .thenRefused('GREEN_CHANNEL_OPEN');
    const again = byUma(registered, opened(), planned(T0), closed()).when(open({ reason: 'x' }));
    expect(again.decided()).toHaveLength(1);
    const over = t.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: T0, round: 1 });
    given(registered, over)
      .when(open({ reason: 'x' }))
      .thenRefused('TICKET_CLOSED');
    given().when(open()).thenRefused('TICKET_UNKNOWN');
  });

  describe('is closed', () => {
    const close = (more: Partial<c.CloseGreenChannel> = {}) =>
      c.CloseGreenChannel.of({ ticketId: 't-1', result: 'the spare copy serves', ...more });
    const later = as('SERVICE_SPECIALIST', '2024-03-18T03:40:00.000Z');
    const LATER = '2024-03-18T03:40:00.000Z';
    const result = 'the spare copy serves';

    it('with its result, when a plan was presented in it and all works again (SYS-24.4)', () => {
      later(registered, opened(), planned(T2H))
        .when(close({ restoredAt: T2H }))
        .then(closed({ result, restoredAt: T2H, plannedAt: T2H, closedAt: LATER }));
      later(registered, opened(), planned(T2H), closed()).when(close()).thenNothing();
    });

    it('and says when the plan came late', () => {
      const [event] = later(registered, opened(), planned('2024-03-18T03:12:00.001Z'))
        .when(close())
        .decided();
      expect(event?.data).toMatchObject({ planLate: true, restoredAt: LATER });
    });

    it('not without a plan, and one from before the channel is none', () => {
      later(registered, opened()).when(close()).thenRefused('PLAN_REQUIRED');
      later(registered, planned(RAISED), opened()).when(close()).thenRefused('PLAN_REQUIRED');
    });

    it('not before it was opened, and not if it never was', () => {
      const early = close({ restoredAt: '2024-03-18T01:11:00.000Z' });
      later(registered, opened(), planned(T2H)).when(early).thenRefused('RESTORED_BEFORE_OPENED');
      later(registered, opened(), planned(T2H))
        .when(close({ restoredAt: '2024-03-18T03:41:00.000Z' }))
        .thenRefused('IN_FUTURE');
      later(registered).when(close()).thenRefused('GREEN_CHANNEL_UNKNOWN');
    });

    it('with its ticket, plan or not', () => {
      const withdraw = WithdrawTicket.of({ ticketId: 't-1', reason: 'it works again' });
      const decided = as('SERVICE_SPECIALIST', LATER)(registered, opened()).when(withdraw).decided();
      expect(names(decided)).toEqual(['GreenChannelClosed', 'TicketWithdrawn']);
      expect(decided[0]?.data).toEqual(
        closed({ end: 'TICKET_WITHDRAWN', planLate: true, closedAt: LATER }).data,
      );
      const imported = as('MIGRATION', LATER)(registered, opened(), planned(T2H));
      const ended = imported.when(CloseUnconfirmed.of({ ticketId: 't-1' })).decided();
      expect(names(ended)).toEqual(['GreenChannelClosed', 'TicketClosed']);
      expect(ended[0]?.data).toMatchObject({ end: 'TICKET_CLOSED', plannedAt: T2H, planLate: false });
      expect(names(given(registered).when(withdraw).decided())).toEqual(['TicketWithdrawn']);
    });
  });
});
