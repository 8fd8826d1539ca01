import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { BUILT_IN_CALENDAR } from '@rapport/domain/values';
import type { NewEvent, Question } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import { at, clockStory } from '../sla-clock.story';
import { workingCalendar } from '../working-calendar/working-calendar.projection';
import { deadlines } from './deadlines.question';
import { slaStatus } from './sla-status.projection';
import { slaFigures } from './sla-status.rollup';
import { timelinessReport } from './timeliness-report.question';

const models = modelsOf(() => new MemoryRowStore(), [slaStatus, slaFigures], [workingCalendar]);
const ask = async <T>(question: Question, params: object, events: readonly NewEvent[]): Promise<T> =>
  (await models.told(...events)).ask<T>(question, at(9, 9), params);

describe('the report on timeliness (SYS-64.1)', () => {
  interface Figures {
    readonly [more: string]: unknown;
  }
  interface Report {
    readonly overall: Figures;
    readonly [split: string]: unknown;
  }
  const kept = clockStory('t-1');
  const late = clockStory('t-2', 'FIRST_RESPONSE', { ownerId: 'bob', department: 'RND' });
  const missed = clockStory('t-3', 'PLAN');
  const gone = clockStory('t-4', 'PLAN');
  const running = clockStory('t-5', 'RESOLVE');
  const story = [
    ...[kept.started, kept.met, late.started, late.breached, late.metLate(4)],
    ...[late.explained('STAFF_SHORTAGE'), missed.started, missed.breached],
    ...[gone.started, gone.cancelled, running.started],
  ];
  const report = (params: object = {}, events: readonly NewEvent[] = story) =>
    ask<Report>(timelinessReport, params, events);

  it('tells the share that was kept; only cancelled clocks are left out', async () => {
    const { overall, reasons } = await report();
    expect(overall).toMatchObject({
      ...{ started: 5, running: 1, met: 1, metLate: 1, breachedOpen: 1, breached: 2, cancelled: 1 },
      ...{ compliance: 0.333333, meanSlackHours: -0.75 },
    });
    expect(reasons).toEqual([
      { reason: 'STAFF_SHORTAGE', breaches: 1 },
      { reason: null, breaches: 1 },
    ]);
  });

  it('by moment, class, department, person and month', async () => {
    const found = await report();
    expect(found['byMoment']).toMatchObject([
      { moment: 'FIRST_RESPONSE', met: 1, breached: 1, compliance: 0.5 },
      { moment: 'PLAN', met: 0, breached: 1, compliance: 0 },
      { moment: 'RESOLVE', running: 1, compliance: null },
    ]);
    expect(found['byPerson']).toMatchObject([{ ownerId: 'ann' }, { ownerId: 'bob', compliance: 0 }]);
    expect(found['byDepartment']).toMatchObject([{ department: 'PRODUCT' }, { department: 'RND', met: 0 }]);
    expect([found['byClass'], found['byMonth']]).toMatchObject([
      [{ class: 'IMPORTANT' }],
      [{ month: '2024-03' }],
    ]);
  });

  it('of what is asked for; a period that ends before it begins is refused', async () => {
    expect((await report({ ownerId: 'bob' })).overall).toMatchObject({ started: 1, compliance: 0 });
    expect((await report({ moment: 'PLAN', class: 'IMPORTANT' })).overall).toMatchObject({ started: 2 });
    expect((await report({ from: '2024-04' })).overall).toMatchObject({ started: 0, compliance: null });
    await expect(report({ from: '2024-04', to: '2024-03' })).rejects.toThrow('ends before it begins');
  });

  it('has no figures where there is nothing to divide by', async () =>
    expect((await report({}, [])).overall).toMatchObject({ compliance: null, meanSlackHours: null }));

  it('tells late ones apart for which later evidence shows that they were in time', async () => {
    const proven = [late.started, late.breached, late.metLate(0)];
    expect((await report({}, proven)).overall).toMatchObject({ metLate: 1, provenLater: 1, compliance: 0 });
  });
});

describe('a deadline explains itself', () => {
  interface Explained {
    readonly clocks: readonly {
      readonly spans: readonly object[];
      readonly explanation: readonly string[];
      readonly [more: string]: unknown;
    }[];
  }
  const explain = (events: readonly NewEvent[], params: object = {}) =>
    ask<Explained>(deadlines, { ticketId: 't-1', ...params }, events);
  const clock = clockStory('t-1');

  it('by its rule, those that lost, its calendar and each stretch of time', async () => {
    const { clocks } = await explain([clock.started]);
    expect(clocks[0]).toMatchObject({
      ...{ moment: 'FIRST_RESPONSE', dueAt: at(2, 17), rule: 'SLA-IMP', policyVersion: 1 },
      calendar: { calendarId: 'default', version: 1, zone: 'Asia/Shanghai' },
      spans: [{ from: at(1, 17), to: at(2, 17), counted: true, why: 'CONTINUOUS', amount: 1_440 }],
    });
    expect(clocks[0]?.explanation).toEqual([
      'FIRST_RESPONSE (round 1) is due Sat 2024-03-02 17:00: open',
      'rule SLA-IMP (R-08): 1440 minutes continuous from RAISED Fri 2024-03-01 17:00 gives Sat 2024-03-02 17:00 won',
      'rule SLA-ANY (R-18): 1440 minutes continuous from RAISED Fri 2024-03-01 17:00 gives Sat 2024-03-02 17:00 would have given more time',
      'counted by calendar default version 1, Asia/Shanghai; policy default version 1',
      '  Fri 2024-03-01 17:00 to Sat 2024-03-02 17:00: counted 1440, continuous',
    ]);
  });

  it('names holidays, pauses, moves and their causes', async () => {
    const holidays = [{ day: '2024-03-05', name: 'Spring Day' }];
    const published = e.WorkingCalendarPublished.of({
      ...{ ...BUILT_IN_CALENDAR, version: 2, effectiveFrom: at(1, 0), holidays },
    });
    const within = { kind: 'WORKING_DAY', days: 3 } as const;
    const counted = { start: at(1, 17), within };
    const { winner } = clock.started.data;
    const days = e.SlaClockStarted.of({
      ...{ ...clock.started.data, moment: 'PLAN', calendarVersion: 2, dueAt: at(7, 18), counted },
      ...{ winner: { ...winner, within }, losers: [] },
    });
    const { clocks } = await explain([published, clock.started, days], { moment: 'PLAN' });
    const lines = clocks[0]?.explanation ?? [];
    expect(lines[1]).toMatch(/^rule SLA-IMP \(R-08\): 3 working days from RAISED/);
    expect(lines).toContain('  Tue 2024-03-05 00:00 to Wed 2024-03-06 00:00: skipped, holiday Spring Day');
    expect(lines).toContain('  Fri 2024-03-01 17:00 to Sat 2024-03-02 00:00: skipped, start date');

    const moved = await explain([clock.started, clock.paused, clock.resumed]);
    const told = moved.clocks[0]?.explanation ?? [];
    expect(told).toContain(
      'stood still Sat 2024-03-02 09:00 to Sun 2024-03-03 09:00: waiting for the customer',
    );
    expect(told).toContain('  Sat 2024-03-02 09:00 to Sun 2024-03-03 09:00: skipped, pause');
    expect(told.at(-1)).toBe(
      'moved Sun 2024-03-03 09:00 from Sat 2024-03-02 17:00 to Sun 2024-03-03 17:00: pause (by spec-2)',
    );
    const reclassified = await explain([clock.started, clock.moved(at(2, 12), at(2, 10))]);
    expect(reclassified.clocks[0]?.explanation.at(-1)).toMatch(/reclassified, rule SLA-URG \(by spec-1\)$/);
  });

  it('says what clips it, which promise names it, and how it stands', async () => {
    const clipped = e.SlaClockStarted.of({ ...clock.started.data, clippedBy: 'RESOLVE' });
    const { counted: _, ...bare } = clock.started.data;
    const promised = e.SlaClockStarted.of({ ...bare, commitmentId: 'k-1' });
    const lines = async (...events: NewEvent[]) => (await explain(events)).clocks[0]?.explanation ?? [];
    expect(await lines(clipped)).toContain('it may not be due after RESOLVE, whose deadline it has');
    expect(await lines(promised)).toContain('promise k-1 names the deadline');
    const [late] = await lines(clock.started, clock.breached, clock.metLate(4));
    expect(late).toMatch(/breached Sat 2024-03-02 17:00, reached Sat 2024-03-02 21:00$/);
    expect((await lines(clock.started, clock.breached))[0]).toMatch(/still awaited$/);
    expect((await lines(clock.started, clock.met))[0]).toMatch(/met, reached Sat 2024-03-02 14:30$/);
    expect((await lines(clock.started, clock.paused))[0]).toMatch(/stands still since Sat 2024-03-02 09:00$/);
    expect((await lines(clock.started, clock.cancelled))[0]).toMatch(/cancelled$/);
  });

  it('is none where no clock has started', async () =>
    expect(await explain([])).toEqual({ ticketId: 't-1', asOf: at(9, 9), clocks: [] }));
});
