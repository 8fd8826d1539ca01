import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import type { Quadrant } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import { hour, RAISED, weighedTicket } from '../analysis.story';
import { complaints } from '../complaints/complaints.projection';
import { customerStanding } from '../customer-profile/customer-standing.projection';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { value } from '../value/value.projection';
import { planPeriod } from './plan-period.projection';
import { priorityQueue, quadrantFigures } from './priority-queue.projection';
import { priorityProposal, quadrantMatrix, unplannedTickets } from './priority.question';

const { told } = modelsOf(
  () => new MemoryRowStore(),
  [priorityQueue, quadrantFigures],
  [planPeriod],
  [ticketQueue],
  [complaints],
  [value],
  [customerStanding],
);

const t1 = weighedTicket('t-1');
const WEEK = { kind: 'WEEKLY', period: '2024-W10' } as const;
const LATER = { kind: 'ITERATION', reviewOn: '2024-04-01' } as const;

const ranked = (ticketId: string, quadrant: Quadrant, score: number) =>
  weighedTicket(ticketId).prioritised(quadrant, score);
const story = () =>
  told(
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
  const asked = async (params: object, ...more: NewEvent[]) => {
    const rows = await told(t1.registered, ...more);
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
