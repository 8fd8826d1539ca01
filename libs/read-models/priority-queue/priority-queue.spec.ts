import * as e from '@rapport/domain/events';
import type {} from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { hour, RAISED, weighedTicket } from '../analysis.story';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { ticketTimeliness } from '../ticket-timeliness/ticket-timeliness.projection';
import { planPeriod } from './plan-period.projection';
import { priorityQueue } from './priority-queue.projection';

const t1 = weighedTicket('t-1');
const WEEK = { kind: 'WEEKLY', period: '2024-W10' } as const;
const MONTH = { kind: 'MONTHLY', period: '2024-03' } as const;
const LATER = { kind: 'ITERATION', reviewOn: '2024-04-01' } as const;

describe('the queue by priority', () => {
  const { given } = rowsOf(priorityQueue);
  it('says where a ticket stands, why, and until when it has to be planned', () => {
    given(t1.prioritised('Q2'))
      .row('t-1')
      .is({
        ...{ customerId: 'c-1', open: true, quadrant: 'Q2', level: 2, urgent: false, important: true },
        ...{ handling: 'SPECIAL_PLAN', score: 4500, impact: 50, returnOnCost: 50, customerValue: 30 },
        ...{ feasibility: 50, raisedAt: RAISED, prioritisedAt: hour(19), planBy: hour(73), planKind: null },
        ...{
          planOverdue: false,
          overriddenAt: null,
          approverId: null,
          emergency: false,
          urgency: 'IMPORTANT',
        },
        place: `2|05500|${RAISED}|t-1`,
      });
  });
  it('says who set another level by hand', () => {
    given(t1.prioritised('Q2'), t1.overdue, t1.overridden('Q2', 'Q1'))
      .row('t-1')
      .is({
        ...{ quadrant: 'Q1', level: 1, handling: 'START_AT_ONCE', overriddenAt: hour(40), approverId: 'uma' },
        ...{ planBy: null, planOverdue: false, prioritisedAt: hour(19) },
      });
  });
  it('says whether it is planned, or should have been', () => {
    given(t1.prioritised('Q2'), t1.planned(WEEK)).row('t-1').is({ planKind: 'WEEKLY' });
    given(t1.prioritised('Q2'), t1.overdue).row('t-1').is({ planOverdue: true, planKind: null });
    given(t1.prioritised('Q4'), t1.planned(LATER), t1.overridden('Q4', 'Q2'))
      .row('t-1')
      .is({ planKind: null, planBy: hour(73) });
    given(t1.prioritised('Q2'), t1.planned(WEEK), t1.overridden('Q2', 'Q4'))
      .row('t-1')
      .is({ planKind: 'WEEKLY' });
  });
  it('follows the ticket from hand to hand', () => {
    given(t1.prioritised('Q2'), t1.owned('mia'), t1.led('PRODUCT'), t1.classified, t1.urgent)
      .row('t-1')
      .is({ ownerId: 'mia', department: 'PRODUCT', type: 'SERVICE', urgency: 'URGENT' });
  });
  it('lets go of a ticket that is over, and takes it up again', () => {
    given(t1.prioritised('Q2'), t1.closed).row('t-1').is({ open: false });
    given(t1.prioritised('Q2'), t1.withdrawn).row('t-1').is({ open: false });
    given(t1.prioritised('Q2'), t1.closed, t1.reopened).row('t-1').is({ open: true, quadrant: 'Q2' });
  });
  it('does not know tickets that nobody has ranked', () => {
    given(t1.owned('mia'), t1.led('RND'), t1.classified, t1.urgent, t1.closed, t1.reopened, t1.withdrawn)
      .row('t-1')
      .isGone();
  });
});

it('the other queues show the level as priority, too', () => {
  const ranked = [t1.registered, t1.prioritised('Q2')] as const;
  rowsOf(ticketQueue)
    .given(...ranked)
    .row('t-1')
    .is({ priority: 2 });
  rowsOf(ticketQueue)
    .given(...ranked, t1.overridden('Q2', 'Q1'))
    .row('t-1')
    .is({ priority: 1 });
  rowsOf(ticketTimeliness)
    .given(...ranked)
    .row('t-1')
    .is({ priority: 2 });
  rowsOf(ticketTimeliness)
    .given(...ranked, t1.overridden('Q2', 'Q1'))
    .row('t-1')
    .is({ priority: 1 });
});

describe('the plans', () => {
  const { given } = rowsOf(planPeriod);
  it('say what lies in which week or month, in a special plan, or in the backlog', () => {
    given(t1.planned(WEEK))
      .row('t-1')
      .is({
        ...{
          customerId: 'c-1',
          open: true,
          kind: 'WEEKLY',
          period: '2024-W10',
          planName: null,
          reviewOn: null,
        },
        ...{ quadrant: 'Q2', scheduledAt: hour(50), late: false, moves: 0, raisedAt: RAISED },
      });
    given(t1.planned({ kind: 'SPECIAL', name: 'export' }))
      .row('t-1')
      .is({ planName: 'export', period: null });
    given(t1.planned(LATER)).row('t-1').is({ kind: 'ITERATION', reviewOn: '2024-04-01' });
  });
  it('count the moves, and remember who came late', () => {
    given(t1.planned(WEEK), t1.planned(MONTH, WEEK)).row('t-1').is({ period: '2024-03', moves: 1 });
    const late = e.TicketScheduledInPlan.of({
      ...{ ...t1.of, quadrant: 'Q2', to: WEEK, scheduledAt: hour(80), late: true },
    });
    given(late, t1.planned(MONTH, WEEK)).row('t-1').is({ late: true, moves: 1 });
  });
  it('let go of what is over, and of the backlog what has become important', () => {
    given(t1.planned(WEEK), t1.closed).row('t-1').is({ open: false });
    given(t1.planned(WEEK), t1.withdrawn).row('t-1').is({ open: false });
    given(t1.planned(WEEK), t1.closed, t1.reopened).row('t-1').is({ open: true });
    given(t1.planned(LATER), t1.overridden('Q4', 'Q2')).row('t-1').isGone();
    given(t1.planned(LATER), t1.overridden('Q4', 'Q3')).row('t-1').is({ kind: 'ITERATION' });
    given(t1.planned(WEEK), t1.overridden('Q2', 'Q1')).row('t-1').is({ kind: 'WEEKLY' });
    given(t1.closed, t1.withdrawn, t1.reopened, t1.overridden('Q4', 'Q2')).row('t-1').isGone();
  });
});
