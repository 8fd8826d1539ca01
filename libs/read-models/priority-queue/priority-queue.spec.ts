import * as e from '@rapport/domain/events';
import type { Quadrant } from '@rapport/domain/values';
import { rowsOf } from '@rapport/kernel/spec';
import { hour, RAISED, weighedTicket } from '../analysis.story';
import { told } from '../asked.story';
import { complaints } from '../complaints/complaints.projection';
import { customerProfile } from '../customer-profile/customer-profile.projection';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { ticketTimeliness } from '../ticket-timeliness/ticket-timeliness.projection';
import { value } from '../value/value.projection';
import { planPeriod } from './plan-period.projection';
import { priorityQueue, quadrantFigures } from './priority-queue.projection';
import { priorityProposal, quadrantMatrix, unplannedTickets } from './priority.question';

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

const ranked = (ticketId: string, quadrant: Quadrant, score: number) =>
  weighedTicket(ticketId).prioritised(quadrant, score);
const story = () =>
  told(
    [priorityQueue, planPeriod],
    [quadrantFigures],
    ...[ranked('t-1', 'Q2', 4500), ranked('t-2', 'Q2', 9000), ranked('t-3', 'Q1', 100)],
    ...[ranked('t-4', 'Q4', 9999), weighedTicket('t-4').planned(LATER)],
    ...[weighedTicket('t-2').planned(WEEK), weighedTicket('t-3').led('TECHNICAL')],
    ...[ranked('t-5', 'Q2', 5000), weighedTicket('t-5').overdue, weighedTicket('t-5').closed],
    t1.overdue,
  );

describe('the matrix of the four quadrants', () => {
  interface Matrix {
    readonly quadrants: readonly {
      readonly quadrant: string;
      readonly tickets: number;
      readonly first: readonly { readonly ticketId: string }[];
    }[];
  }
  it('counts open tickets and names those that come first', async () => {
    const rows = await story();
    const { quadrants } = await rows.ask<Matrix>(quadrantMatrix, hour(300));
    expect(quadrants.map(({ quadrant, tickets }) => [quadrant, tickets])).toEqual([
      ...[
        ['Q1', 1],
        ['Q2', 2],
        ['Q3', 0],
        ['Q4', 1],
      ],
    ]);
    expect(quadrants.map(({ first }) => first.map(({ ticketId }) => ticketId))).toEqual([
      ...[['t-3'], ['t-2', 't-1'], [], ['t-4']],
    ]);
    expect(quadrants[1]).toMatchObject({
      handling: 'SPECIAL_PLAN',
      planned: 1,
      planOverdue: 1,
      overridden: 0,
    });
    expect(quadrants[0]).toMatchObject({ byDepartment: [{ department: 'TECHNICAL', tickets: 1 }] });
    const few = await rows.ask<Matrix>(quadrantMatrix, hour(300), { top: 1 });
    expect(few.quadrants[1]?.first).toHaveLength(1);
    const none = await rows.ask<Matrix>(quadrantMatrix, hour(300), { top: 0 });
    expect(none.quadrants[1]?.first).toEqual([]);
  });
});

describe('tickets without a plan', () => {
  it('are those that need one, and those of the backlog whose day has come', async () => {
    const rows = await story();
    const early = await rows.ask(unplannedTickets, hour(73));
    expect(early).toMatchObject({
      unplanned: [{ ticketId: 't-1', planBy: hour(73), overdue: false }],
      reviews: [],
    });
    expect(await rows.ask(unplannedTickets, '2024-04-01T00:00:00.000Z')).toEqual({
      asOf: '2024-04-01T00:00:00.000Z',
      unplanned: [{ ticketId: 't-1', planBy: hour(73), overdue: true, ownerId: null, department: null }],
      reviews: [{ ticketId: 't-4', reviewOn: '2024-04-01', quadrant: 'Q2' }],
    });
    expect(await rows.ask(unplannedTickets, hour(73), { limit: 1 }, hour(48))).toMatchObject({
      unplanned: [{ ticketId: 't-1' }],
    });
  });
});

describe('the quadrant that is proposed', () => {
  const models = [ticketQueue, complaints, value, customerProfile];
  const asked = async (params: object, ...more: Parameters<typeof told>[2][]) => {
    const rows = await told(models, [], t1.registered, ...more);
    return rows.ask(priorityProposal, hour(20), params);
  };
  const partner = e.CustomerRegistered.of({
    ...{ customerId: 'c-1', name: 'A', industry: 'x', source: 'OTHER', grade: 'VIP', keyAccount: false },
    ...{ strategicPartner: true, zone: 'Asia/Shanghai', registeredAt: RAISED },
  });
  it('follows from what is known of the ticket, and says what speaks for it', async () => {
    expect(await asked({ ticketId: 't-1' })).toEqual({
      ...{ asOf: hour(20), ticketId: 't-1' },
      proposal: {
        ...{ quadrant: 'Q2', level: 2, urgent: false, important: true, handling: 'SPECIAL_PLAN' },
        because: [
          {
            ...{ code: 'URGENCY_IMPORTANT', flag: 'important', sentence: 'taken in as IMPORTANT (O-25)' },
          },
        ],
      },
    });
    expect(await asked({ ticketId: 't-1' }, t1.urgent)).toMatchObject({ proposal: { quadrant: 'Q3' } });
    expect(await asked({ ticketId: 't-1', coreBusinessImpact: true }, t1.urgent)).toMatchObject({
      proposal: { quadrant: 'Q1', because: [{ code: 'URGENCY_URGENT' }, { code: 'CORE_BUSINESS' }] },
    });
    expect(await asked({ ticketId: 't-1' }, t1.urgent, partner)).toMatchObject({
      proposal: { because: [{ code: 'URGENCY_URGENT' }, { code: 'CUSTOMER_VALUE' }] },
    });
  });
  it('counts how grave a complaint is and what the customer is worth', async () => {
    const findings = { businessInterrupted: false, dataLeak: true, publicThreat: false, safety: false };
    const graded = e.ComplaintGraded.of({
      ...{
        ticketId: 't-1',
        customerId: 'c-1',
        causes: ['OTHER'],
        raisedAt: RAISED,
        findings,
        level: 'MAJOR',
      },
      ...{
        codes: [],
        reasons: [],
        ruleVersion: 1,
        recurrence: false,
        priorityCustomer: false,
        tier: 'STANDARD',
      },
    });
    expect(await asked({ ticketId: 't-1' }, graded)).toMatchObject({ proposal: { quadrant: 'Q1' } });
    const worth = e.ValueTierChanged.of({
      customerId: 'c-1',
      from: 'STANDARD',
      to: 'HIGH_VALUE',
      month: '2024-02',
      ruleScope: 'default',
      ruleVersion: 1,
    });
    expect(await asked({ ticketId: 't-1' }, t1.urgent, worth)).toMatchObject({
      proposal: { because: [{ code: 'URGENCY_URGENT' }, { code: 'CUSTOMER_VALUE' }] },
    });
  });
  it('is none for a ticket that is not open', async () => {
    expect(await asked({ ticketId: 't-9' })).toMatchObject({ proposal: null });
  });
});
