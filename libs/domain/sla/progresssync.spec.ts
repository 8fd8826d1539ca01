import { syncDueOf } from './progresssync.rules';
import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import type { SlaCase } from './slapolicy.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';

/** WE-01: first response on Saturday 2 March 2024 at 14:30 in Shanghai. */
const from = '2024-03-02T06:30:00.000Z';
const hours = (n: number) => new Date(Date.parse(from) + n * 3_600_000).toISOString();
const node = (dueAt: string, nodeId = 'n1') => ({ nodeId, dueAt });
const of = (more: Partial<SlaCase> = {}): SlaCase => ({
  ...{
    type: 'FUNCTIONAL',
    urgency: 'IMPORTANT',
    isEnquiry: false,
    priorityCustomer: false,
    expectedDays: 21,
  },
  ...more,
});
const due = (
  more: Partial<SlaCase>,
  nodes: readonly { nodeId: string; dueAt: string }[] = [],
  after?: string,
) =>
  syncDueOf(
    { of: of(more), from, nodes, ...(after !== undefined && { nodesAfter: after }) },
    BUILT_IN_POLICY,
    BUILT_IN_CALENDAR,
  );

describe('the customer hears how it stands (SYS-23.1)', () => {
  it('every 24 hours of a problem: a complaint, something urgent, quadrant 1, a priority customer, a second round', () => {
    const problems: readonly Partial<SlaCase>[] = [
      { type: 'COMPLAINT' },
      { type: 'COMPLAINT', complaintLevel: 'MAJOR' },
      { urgency: 'URGENT' },
      { quadrant: 1 },
      { priorityCustomer: true },
      { afterSale: true },
      { round: 2 },
    ];
    for (const problem of problems) expect(due(problem)?.winner.due).toBe(hours(24));
  });

  it('every 48 hours of what takes longer than 3 days, as for a regular customer in WE-01 (b)', () => {
    expect(due({})?.winner).toMatchObject({ rule: 'SLA-ANY', due: '2024-03-04T06:30:00.000Z' });
    expect(due({ priorityCustomer: true })?.winner).toMatchObject({
      ...{ rule: 'SLA-VIP', due: '2024-03-03T06:30:00.000Z' },
    });
    expect(due({ expectedDays: 3 })).toBeUndefined();
    expect(due({ expectedDays: 3.01 })?.winner.due).toBe(hours(48));
  });

  it('at an agreed time instead, which names the rules that it replaces (C-07)', () => {
    const NODE = '2024-03-05T10:00:00.000Z';
    const { winner, losers } = due({ priorityCustomer: true }, [node(NODE)]) ?? {};
    expect(winner).toMatchObject({ rule: 'AGREED_NODE', basis: 'C-07, node n1', due: NODE });
    expect(losers?.map(({ rule }) => rule)).toEqual(['SLA-VIP', 'SLA-ANY']);
    expect(due({ expectedDays: 1 }, [node(NODE)])?.winner.due).toBe(NODE);
  });

  it('at the next agreed time that is still to come, and by the cadence when there is none', () => {
    const nodes = [node(hours(30), 'n1'), node(hours(80), 'n2')];
    expect(due({}, nodes)?.winner.due).toBe(hours(30));
    expect(due({}, nodes, hours(30))?.winner.due).toBe(hours(80));
    expect(due({}, nodes, hours(80))?.winner).toMatchObject({ rule: 'SLA-ANY', due: hours(48) });
  });
});
