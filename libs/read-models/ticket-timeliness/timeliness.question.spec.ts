import { MemoryRowStore } from '@rapport/adapters/memory';
import type { NewEvent } from '@rapport/kernel';
import { inOrder, modelsOf } from '@rapport/kernel/spec';
import { backlog } from '../ticket-queue/backlog.question';
import { ticketBacklog, ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { ticketStory } from '../ticket.story';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness.projection';
import { timeliness } from './timeliness.question';

type Line = Readonly<Record<string, unknown>>;
interface Times {
  readonly overall: Line;
  readonly byPriority: readonly (Line & { readonly sourceVerdict: Line })[];
  readonly byMonth: readonly Line[];
  readonly backlog: readonly Line[];
  readonly note: string;
}
const NOW = '2024-06-01T00:00:00.000Z';

const models = modelsOf(
  () => new MemoryRowStore(),
  [ticketQueue, ticketBacklog],
  [ticketTimeliness, timelinessFigures],
);
const told = (...events: NewEvent[]) => models.told(...inOrder(events));

const one = ticketStory('t-1', '2024-03-01T00:00:00.000Z');
const two = ticketStory('t-2', '2024-03-31T20:00:00.000Z');
const three = ticketStory('t-3', '2024-04-10T00:00:00.000Z', 'FUNCTIONAL', 'URGENT');
const helpDesk = [
  ...[
    one.registered,
    one.weighed(1, 3),
    one.active(2),
    one.led(3, 'A', false),
    one.led(4, 'B', true),
    one.led(5, 'C', true),
  ],
  ...[one.weighed(6, 1), one.resolved(10), one.closed(20, 'MET')],
  ...[
    two.registered,
    two.weighed(1, 3),
    two.resolved(2),
    two.closed(10, 'MISSED'),
    two.reopened(30),
    two.resolved(40, 2),
  ],
  two.closed(50, 'MISSED'),
  ...[three.registered, three.led(1, 'A', false)],
];

/** Within the histogram's error. */
const near = (hours: number) => expect.closeTo(hours, hours < 5 ? 1 : 0) as number;

describe('timeliness', () => {
  it('answers for an imported help desk', async () => {
    const { overall, byPriority, byMonth, note } = await (
      await told(...helpDesk)
    ).ask<Times>(timeliness, NOW);
    expect(overall).toMatchObject({
      ...{ tickets: 3, closed: 2, open: 1, withdrawn: 0, severalRounds: 1, solvedAgain: 1 },
      sourceVerdict: { n: 2, met: 1, share: 0.5 },
      reopened: { tickets: 1, reopens: 1 },
      reassigned: { department: { tickets: 1, reassignments: 2 }, owner: { tickets: 0, reassignments: 0 } },
      firstWork: { n: 2, p50Hours: near(2), p90Hours: near(2) },
      firstResponse: { n: 0, p50Hours: null, p90Hours: null },
      firstResolution: { n: 2, p50Hours: near(2), p90Hours: near(10) },
      lastResolution: { n: 2, p50Hours: near(10), p90Hours: near(40) },
      closure: { n: 2, p50Hours: near(20), p90Hours: near(50) },
    });
    expect(byPriority.map(({ priority, sourceVerdict }) => [priority, sourceVerdict.share])).toEqual([
      ...[
        ['1', 1],
        ['3', 0],
        ['NONE', null],
      ],
    ]);
    expect(byMonth.map(({ month, tickets }) => [month, tickets])).toEqual([
      ['2024-03', 2],
      ['2024-04', 1],
    ]);
    expect(note).toContain('within 1 %');
  });
  it('counts what was open at the ends of months, reopened ones included', async () => {
    const { ask } = await told(...helpDesk);
    const params = { backlogMonths: '2024-02, 2024-03,2024-04' };
    expect((await ask<Times>(timeliness, NOW, params)).backlog).toEqual([
      { month: '2024-02', at: '2024-02-29T23:59:59.999Z', open: 0 },
      { month: '2024-03', at: '2024-03-31T23:59:59.999Z', open: 1 },
      { month: '2024-04', at: '2024-04-30T23:59:59.999Z', open: 1 },
    ]);
  });
  it('of some months or of one department', async () => {
    const { ask } = await told(...helpDesk);
    const tickets = async (params: object) => (await ask<Times>(timeliness, NOW, params)).overall.tickets;
    expect(await tickets({ from: '2024-04' })).toBe(1);
    expect(await tickets({ to: '2024-03' })).toBe(2);
    expect(await tickets({ from: '2024-03', to: '2024-03' })).toBe(2);
    expect(await tickets({ department: 'C' })).toBe(1);
    await expect(tickets({ from: '2024-04', to: '2024-03' })).rejects.toThrow('ends before it begins');
    await expect(tickets({ from: '2024-13' })).rejects.toThrow('must be a month');
    await expect(tickets({ backlogMonths: 'march' })).rejects.toThrow('must be a month');
  });
  it('has no answer where there is nothing to divide by', async () => {
    const { overall } = await (await told()).ask<Times>(timeliness, NOW);
    expect(overall).toMatchObject({
      tickets: 0,
      sourceVerdict: { share: null },
      closure: { n: 0, p50Hours: null },
    });
  });
});

describe('the backlog', () => {
  it('is told by type, urgency, department and state, now and then', async () => {
    const { ask } = await told(...helpDesk);
    expect(await ask(backlog, NOW)).toEqual({
      ...{
        asOf: NOW,
        open: 1,
        byType: { FUNCTIONAL: 1 },
        byUrgency: { URGENT: 1 },
        byDepartment: { A: 1 },
        byState: { NEW: 1 },
      },
    });
    expect(await ask(backlog, NOW, {}, '2024-03-01T04:00:00.000Z')).toMatchObject({
      ...{ open: 1, byType: { SERVICE: 1 }, byDepartment: { B: 1 }, byState: { WORKING: 1 } },
    });
    expect(await ask(backlog, NOW, {}, '2024-03-01T20:00:00.000Z')).toMatchObject({
      open: 0,
      byType: {},
    });
    expect(await ask(backlog, NOW, {}, '2024-04-02T03:00:00.000Z')).toMatchObject({
      open: 1,
      byState: { WORKING: 1 },
    });
  });
});
