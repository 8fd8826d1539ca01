import { at, clocks, data, line, MONDAY, working, type Facts, type Look } from './slaclocks.story';
import { MISSED_SYNCS_MAX } from './slaclocks.sync';
import { vip, told, FIRST, answered, of, BEGUN, syncs, lines, started, sync } from './slaclocks.sync.story';

describe('a sync is due (SYS-23.1)', () => {
  it('from the first response on, and then from each sync', () => {
    expect(lines()).toEqual([]);
    expect(started(BEGUN)).toEqual([[FIRST, at(12, 14)]]);
    const told = [at(12, 9), of(3, sync(at(12, 9))), vip] as const;
    expect(lines(BEGUN, told)).toEqual(['1 SlaClockStarted', '1 SlaClockMet', '2 SlaClockStarted']);
    expect(started(BEGUN, told)[1]).toEqual([at(12, 9), at(13, 9)]);
    expect(lines(BEGUN, told, told)).toHaveLength(3);
  });

  it('in time at the deadline itself, and missed a millisecond later', () => {
    const at14 = [at(12, 14), of(3, sync(at(12, 14))), vip] as const;
    expect(lines(BEGUN, at14)[2]).toBe('1 SlaClockMet');
    const after = [at(12, 14, 0, 1), of(3, sync(at(12, 14, 0, 1))), vip] as const;
    expect(lines(BEGUN, after)).toContain('1 SlaClockBreached');
  });

  it('by a plan too, which tells how it stands, and no more after the solution', () => {
    const planned = [at(12, 10), of(3, told('PLAN', at(12, 10), 3)), vip] as const;
    expect(started(BEGUN, planned)[1]).toEqual([at(12, 10), at(13, 10)]);
    const solved = [at(12, 8), of(3, told('RESOLVE', at(12, 8), 3)), vip] as const;
    expect(lines(BEGUN, solved)).toEqual(['1 SlaClockStarted', '1 SlaClockMet']);
    expect(lines(BEGUN, solved, [at(20, 11), of(3, told('RESOLVE', at(12, 8), 3)), vip])).toHaveLength(2);
  });

  it('no more after a solution that was there at the same time as the last word, or before it', () => {
    const word = told('PLAN', at(12, 10), 3);
    const planned = [at(12, 10), of(3, word), vip] as const;
    for (const hour of [10, 9]) {
      const solved = told('RESOLVE', at(12, hour), 4, { notedAt: at(12, 11) });
      const events = lines(BEGUN, planned, [at(12, 11), of(4, word, solved), vip]);
      expect(events.slice(-2)).toEqual(['2 SlaClockStarted', '2 SlaClockMet']);
    }
  });

  it('never of what takes no longer than three days and is no problem', () => {
    const quick = { start: 'RAISED', at: MONDAY, heard: 1 } as const;
    const promise = { commitmentId: 'k-1', moment: 'RESOLVE', dueAt: at(13, 18), heard: 2 } as const;
    const written = { ...promise, inWriting: true, agreedInWriting: false };
    const soon: Facts = {
      heard: 3,
      opening: quick,
      promises: [written],
      reached: [told('FIRST_RESPONSE', FIRST, 3)],
    };
    const events = clocks([MONDAY, {}], [at(11, 12), { heard: 2, promises: [written] }], [FIRST, soon]);
    expect(line(events, 'PROGRESS_SYNC')).toEqual([]);
    expect(line(clocks([MONDAY, {}], [FIRST, of(2)]), 'PROGRESS_SYNC')).toEqual([
      'PROGRESS_SYNC 1 SlaClockStarted',
    ]);
  });

  it('of a ticket that became a problem from then on', () => {
    const promise = { commitmentId: 'k-1', moment: 'RESOLVE', dueAt: at(13, 18), heard: 2 } as const;
    const soon: Facts = { heard: 3, reached: [told('FIRST_RESPONSE', FIRST, 3)] };
    const promises = [{ ...promise, inWriting: true, agreedInWriting: false }];
    const urgent: Facts = { ...soon, promises, heard: 4, urgency: 'URGENT', classedAt: at(12, 9) };
    const events = clocks(
      ...([
        [MONDAY, {}],
        [at(11, 12), { heard: 2, promises }],
      ] as const),
      ...([
        [FIRST, { ...soon, promises }],
        [at(12, 9), urgent],
      ] as const),
    );
    expect(data(events, 'SlaClockStarted', 'PROGRESS_SYNC')).toMatchObject([
      { startAt: at(12, 9), dueAt: at(13, 9) },
    ]);
  });

  it('the sooner when a ticket becomes pressing, counted from then', () => {
    const regular = [FIRST, of(2)] as const;
    const pressing = { ...of(3), urgency: 'URGENT', classedAt: at(12, 9) } as const;
    const events = clocks([MONDAY, {}], regular, [at(12, 9), pressing]);
    expect(data(events, 'SlaClockStarted', 'PROGRESS_SYNC')).toMatchObject([{ dueAt: at(13, 14) }]);
    expect(data(events, 'SlaClockRescheduled', 'PROGRESS_SYNC')).toMatchObject([
      { from: at(13, 14), to: at(13, 9), cause: 'RECLASSIFIED', winner: { rule: 'SLA-URG' } },
    ]);
  });
});

describe('a sync that is missed (SYS-23.5)', () => {
  const later = (when: string): Look => [when, of(2), vip];

  it('is breached at its time, and the next one counts from that time', () => {
    expect(lines(BEGUN, later(at(12, 14, 0, 1)))).toEqual([
      ...['1 SlaClockStarted', '1 SlaClockWarned', '1 SlaClockBreached', '2 SlaClockStarted'],
    ]);
    expect(started(BEGUN, later(at(12, 15)))[1]).toEqual([at(12, 14), at(13, 14)]);
  });

  it('and made up for late leaves the next one where it is', () => {
    const late = [at(12, 18), of(3, sync(at(12, 18))), vip] as const;
    expect(lines(BEGUN, late).slice(-2)).toEqual(['2 SlaClockStarted', '1 SlaClockMetLate']);
    expect(started(BEGUN, late)).toEqual([
      [FIRST, at(12, 14)],
      [at(12, 14), at(13, 14)],
    ]);
    const next = [at(13, 9), of(4, sync(at(13, 9), 4)), vip] as const;
    expect(started(BEGUN, late, next)[2]).toEqual([at(13, 9), at(14, 9)]);
  });

  it('is one breach for each, also when nobody was there for days (SYS-21.3)', () => {
    const slept = syncs(BEGUN, later(at(14, 20)));
    expect(data(slept, 'SlaClockBreached').filter(({ moment }) => moment === 'PROGRESS_SYNC')).toMatchObject([
      ...[{ breachedAt: at(12, 14) }, { breachedAt: at(13, 14) }, { breachedAt: at(14, 14) }],
    ]);
    const told = [at(14, 20), of(3, sync(at(14, 20))), vip] as const;
    expect(lines(BEGUN, told).filter((each) => each.endsWith('MetLate'))).toHaveLength(3);
    expect(lines(BEGUN, later(at(14, 20)), told)).toEqual(lines(BEGUN, told));
  });

  it('with evidence that comes later was in time, but the breach stays, since nobody had shown it (SYS-16.4)', () => {
    const noted = sync(at(12, 13), 3, { notedAt: at(12, 18), evidenceId: 'mail-1' });
    const passed = later(at(12, 15));
    expect(data(syncs(BEGUN, passed, [at(12, 18), of(3, noted), vip]), 'SlaClockMetLate')).toMatchObject([
      { moment: 'PROGRESS_SYNC', round: 1, delayMs: 0, reachedAt: at(12, 13) },
    ]);
    const unproved = sync(at(12, 13), 3, { notedAt: at(12, 18) });
    expect(data(syncs(BEGUN, [at(12, 18), of(3, unproved), vip]), 'SlaClockMetLate')).toMatchObject([
      { moment: 'PROGRESS_SYNC', reachedAt: at(12, 18) },
    ]);
  });

  const syncedAt = (lastSyncAt: string, enteredAt = lastSyncAt) => ({
    ...working,
    of: { ...working.of, progress: { lastSyncAt, nextAt: at(13, 13), enteredAt } },
  });
  it('is not breached while a word to the customer is on its way here', () => {
    const heard = syncedAt(at(12, 13));
    expect(lines(BEGUN, [at(12, 15), of(2), { ...vip, ticket: heard }])).toEqual(['1 SlaClockStarted']);
  });

  it('is missed as ever after a word that was noted late, of a time before the last one', () => {
    const inTime: Look = [at(12, 12), of(3, sync(at(12, 12))), { ...vip, ticket: syncedAt(at(12, 12)) }];
    const ticket = syncedAt(at(12, 12), at(12, 13));
    const late = of(4, sync(at(12, 11), 4, { notedAt: at(12, 13) }));
    const later: Look = [at(14, 9), late, { ...vip, ticket }];
    expect(lines(BEGUN, inTime, [at(12, 13), late, { ...vip, ticket }], later)).toContain(
      '2 SlaClockBreached',
    );
  });

  it(`is not waited for any more after ${MISSED_SYNCS_MAX} in a row, until somebody speaks`, () => {
    const forgotten = later('2024-06-01T00:00:00.000Z');
    const missed = lines(BEGUN, forgotten).filter((each) => each.endsWith('Breached'));
    expect(missed).toHaveLength(MISSED_SYNCS_MAX);
    const when = '2024-06-02T00:00:00.000Z';
    expect(started(BEGUN, forgotten, [when, of(3, sync(when)), vip]).at(-1)).toEqual([
      ...[when, '2024-06-03T00:00:00.000Z'],
    ]);
  });

  it('is cancelled with its ticket, if it is not missed yet', () => {
    const gone = { ...of(3), withdrawnAt: at(12, 9) };
    expect(lines(BEGUN, [at(12, 9), gone, vip])).toEqual(['1 SlaClockStarted', '1 SlaClockCancelled']);
  });
});

describe('a second communication', () => {
  it('has syncs of its own, every 24 hours from its first response', () => {
    const opening = { start: 'DISSATISFIED', at: at(13, 9), heard: 4 } as const;
    const solved = told('RESOLVE', at(12, 11), 3);
    const again: Facts = { heard: 4, opening, reached: [answered, solved] };
    const answer: Facts = { heard: 5, opening, reached: [solved, told('FIRST_RESPONSE', at(13, 10), 5)] };
    const events = clocks(
      ...([
        [MONDAY, {}],
        [FIRST, of(2)],
        [at(12, 11), of(3, solved)],
      ] as const),
      ...([
        [at(13, 9), again],
        [at(13, 10), answer],
      ] as const),
    );
    expect(line(events, 'PROGRESS_SYNC')).toEqual([
      ...[
        'PROGRESS_SYNC 1 SlaClockStarted',
        'PROGRESS_SYNC 1 SlaClockMet',
        'PROGRESS_SYNC 2 SlaClockStarted',
      ],
    ]);
    expect(data(events, 'SlaClockStarted', 'PROGRESS_SYNC', 2)).toMatchObject([{ dueAt: at(14, 10) }]);
  });
});

describe('an after-sale problem (R-11, SLA-ASP)', () => {
  const syncsOf = (more: Facts) => {
    const about = { ...of(2), ...more };
    return data(clocks([MONDAY, more], [FIRST, about]), 'SlaClockStarted', 'PROGRESS_SYNC');
  };
  const daily = [{ dueAt: at(12, 14), winner: { rule: 'SLA-ASP' } }];
  const everyOther = [{ dueAt: at(13, 14), winner: { rule: 'SLA-ANY' } }];

  it('is told of every day, and not every other day like any routine ticket', () => {
    expect(syncsOf({ servicePhase: 'AFTER_SALE' })).toMatchObject(daily);
    expect(syncsOf({ servicePhase: 'IN_SALE' })).toMatchObject(everyOther);
    expect(syncsOf({})).toMatchObject(everyOther);
  });
  it('is no offer to work together, and no plain question', () => {
    expect(syncsOf({ servicePhase: 'AFTER_SALE', type: 'COOPERATION' })).toMatchObject(everyOther);
    expect(syncsOf({ servicePhase: 'AFTER_SALE', isEnquiry: true })).toEqual([]);
  });
});
