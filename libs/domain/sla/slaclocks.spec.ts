import {
  at,
  clocks,
  customer,
  data,
  dues,
  line,
  MONDAY,
  reached,
  working,
  type Facts,
  type Look,
} from './slaclocks.story';

describe('when a ticket is raised', () => {
  it('its clocks start, each with its deadline, the rule that won and those that lost (SYS-21.1)', () => {
    const events = clocks([MONDAY, {}]);
    expect(dues(events)).toEqual({
      ...{ FIRST_RESPONSE: at(12, 10), PLAN: at(18, 18), RESOLVE: '2024-04-22T10:00:00.000Z' },
    });
    const important = clocks([
      at(1, 17),
      { raisedAt: at(1, 17), classedAt: at(1, 17), urgency: 'IMPORTANT' },
    ]);
    expect(dues(important)).toEqual({
      ...{ FIRST_RESPONSE: at(2, 17), PLAN: at(6, 18), RESOLVE: at(22, 18) },
    });
    expect(data(important, 'SlaClockStarted', 'FIRST_RESPONSE')[0]).toMatchObject({
      ...{ winner: { rule: 'SLA-IMP' }, losers: [{ rule: 'SLA-ANY', due: at(2, 17) }] },
      ...{ policyId: 'default', policyVersion: 1, calendarId: 'default', calendarVersion: 1 },
    });
  });

  it('an urgent one is also to be acknowledged by a person (R-01)', () => {
    expect(dues(clocks([MONDAY, { urgency: 'URGENT' }]))).toMatchObject({
      ...{ ACKNOWLEDGE: at(11, 10, 30), FIRST_RESPONSE: at(11, 12), PLAN: at(12, 10) },
    });
  });

  it('an earlier moment is never due after a later one (2.4, invariant 1)', () => {
    const events = clocks([MONDAY, { type: 'COMPLAINT', urgency: 'IMPORTANT' }]);
    expect(dues(events)).toEqual({
      ...{ FIRST_RESPONSE: at(11, 11), PLAN: at(12, 10), RESOLVE: at(12, 10) },
    });
    expect(data(events, 'SlaClockStarted', 'PLAN')[0]).toMatchObject({ clippedBy: 'RESOLVE' });
  });

  it('it says when its clocks are to be looked at next: at 80 % of the first', () => {
    expect(data(clocks([MONDAY, {}]), 'SlaClockStarted').map(({ wakeAt }) => wakeAt)).toEqual(
      Array(3).fill(at(12, 5, 12)),
    );
  });

  it('what was looked at already starts nothing again, and older news moves nothing', () => {
    expect(clocks([MONDAY, {}], [MONDAY, {}])).toHaveLength(3);
    expect(clocks([MONDAY, { heard: 3 }], [MONDAY, { heard: 2, urgency: 'URGENT' }])).toHaveLength(3);
    const unknown = clocks([MONDAY, {}, { ticket: { stage: 'unregistered' } }]);
    expect(unknown).toEqual([]);
  });
});

describe('a moment that is reached', () => {
  const by = (when: string) =>
    clocks([MONDAY, {}], [when, { heard: 2, reached: [reached('FIRST_RESPONSE', when)] }]);

  it('in time meets its clock; at the deadline itself is in time (SYS-21.2)', () => {
    expect(data(by(at(11, 12)), 'SlaClockMet')).toMatchObject([
      { moment: 'FIRST_RESPONSE', reachedAt: at(11, 12), elapsedMs: 7_200_000, remainingMs: 79_200_000 },
    ]);
    expect(line(by(at(12, 10)), 'FIRST_RESPONSE').at(-1)).toBe('FIRST_RESPONSE 1 SlaClockMet');
    expect(line(by(at(12, 10, 0, 1)), 'FIRST_RESPONSE').slice(-2)).toEqual([
      ...['FIRST_RESPONSE 1 SlaClockBreached', 'FIRST_RESPONSE 1 SlaClockMetLate'],
    ]);
  });

  it('late tells the breach at the deadline and the delay (SYS-21.3)', () => {
    const late = by(at(12, 14, 30));
    expect(data(late, 'SlaClockBreached')).toMatchObject([{ breachedAt: at(12, 10) }]);
    expect(data(late, 'SlaClockMetLate')).toMatchObject([
      { reachedAt: at(12, 14, 30), delayMs: 4.5 * 3_600_000, breachedAt: at(12, 10) },
    ]);
  });

  it('also stops what comes before it', () => {
    const plan = reached('PLAN', at(11, 12));
    const events = clocks(
      [MONDAY, { urgency: 'URGENT' }],
      [at(11, 12), { urgency: 'URGENT', heard: 2, reached: [plan] }],
    );
    expect(data(events, 'SlaClockMet').map(({ moment, reachedBy }) => [moment, reachedBy])).toEqual([
      ...[
        ['FIRST_RESPONSE', 'PLAN'],
        ['PLAN', 'PLAN'],
      ],
    ]);
    expect(data(events, 'SlaClockMetLate')).toMatchObject([{ moment: 'ACKNOWLEDGE', reachedBy: 'PLAN' }]);
    expect(line(events, 'RESOLVE')).toEqual(['RESOLVE 1 SlaClockStarted']);
  });

  it('that was entered after the deadline needs evidence to satisfy it (SYS-16.4)', () => {
    const told = { ...reached('FIRST_RESPONSE', at(12, 9)), notedAt: at(12, 11) };
    const looks = (...facts: Facts[]) =>
      clocks([MONDAY, {}], ...facts.map((each): Look => [at(12, 9), { heard: 2, ...each }]));
    const bare = looks({ reached: [told] });
    expect(data(bare, 'SlaClockMetLate')).toMatchObject([
      { reachedAt: at(12, 11), delayMs: 3_600_000, notedAt: at(12, 11) },
    ]);
    const proven = looks({ reached: [{ ...told, evidenceId: 'mail-1' }] });
    expect(data(proven, 'SlaClockMet')).toMatchObject([{ reachedAt: at(12, 9), evidenceId: 'mail-1' }]);
    const inTime = looks({ reached: [{ ...told, notedAt: at(12, 10) }] });
    expect(data(inTime, 'SlaClockMet')).toHaveLength(1);
  });

  it('by evidence that comes after the breach does not take it back: it was late in being shown', () => {
    const proven = { ...reached('FIRST_RESPONSE', at(12, 9)), notedAt: at(12, 11), evidenceId: 'mail-1' };
    const events = clocks([MONDAY, {}], [at(12, 10, 0, 1), {}], [at(12, 9), { heard: 2, reached: [proven] }]);
    expect(data(events, 'SlaClockBreached')).toHaveLength(1);
    expect(data(events, 'SlaClockMet')).toEqual([]);
    expect(data(events, 'SlaClockMetLate')).toMatchObject([{ delayMs: 0, evidenceId: 'mail-1' }]);
  });
});

describe('a deadline that passes', () => {
  it('is warned of at 80 %, once (SYS-22.1)', () => {
    const events = clocks([MONDAY, {}], [at(12, 5, 12), {}], [at(12, 5, 13), {}]);
    expect(data(events, 'SlaClockWarned')).toMatchObject([
      {
        moment: 'FIRST_RESPONSE',
        ownerId: 'ann',
        percent: 80,
        warnedAt: at(12, 5, 12),
        wakeAt: at(12, 10, 0, 1),
      },
    ]);
  });

  it('breaches its clock once, dated at the deadline, however late it is noticed (SYS-21.3)', () => {
    const asleep = clocks([MONDAY, {}], [at(13, 0), {}], [at(13, 1), {}]);
    expect(data(asleep, 'SlaClockBreached')).toMatchObject([
      { breachedAt: at(12, 10), level: 'SUPERVISOR', reasonDueAt: at(14, 18) },
    ]);
    expect(asleep.filter(({ messageClass }) => messageClass.name === 'SlaClockBreached')[0]?.at).toBe(
      at(12, 10),
    );
    expect(data(clocks([MONDAY, {}], [at(12, 10), {}]), 'SlaClockBreached')).toEqual([]);
  });

  it('has the same history whether or not anybody slept over it', () => {
    const awake = clocks(
      [MONDAY, {}],
      [at(12, 5, 12), {}],
      [at(12, 10, 0, 1), {}],
      [at(12, 22), {}],
      [at(13, 10), {}],
    );
    const slept = clocks([MONDAY, {}], [at(13, 10), {}]);
    expect(line(slept)).toEqual(line(awake));
    expect(line(awake, 'FIRST_RESPONSE')).toEqual([
      ...['FIRST_RESPONSE 1 SlaClockStarted', 'FIRST_RESPONSE 1 SlaClockWarned'],
      ...['FIRST_RESPONSE 1 SlaClockBreached', 'FIRST_RESPONSE 1 SlaClockLeftOverdue'],
      'FIRST_RESPONSE 1 SlaClockLeftOverdue',
    ]);
  });

  it('calls higher levels at 150 % and 200 % (2.4)', () => {
    const events = clocks([MONDAY, {}], [at(14, 0), {}]);
    expect(data(events, 'SlaClockLeftOverdue')).toMatchObject([
      { percent: 150, level: 'DEPARTMENT_HEAD', overdueAt: at(12, 22) },
      { percent: 200, level: 'SENIOR_MANAGEMENT', overdueAt: at(13, 10) },
    ]);
  });

  it('begins higher for priority customers and quadrant 1, and at the top for a major complaint (SYS-22.4)', () => {
    const levelOf = (told: Facts, known: object = {}) =>
      data(clocks([MONDAY, told, known], [at(13, 0), told, known]), 'SlaClockBreached')[0]?.['level'];
    expect(levelOf({}, { value: { tier: 'HIGH_VALUE' } })).toBe('DEPARTMENT_HEAD');
    expect(levelOf({}, { customer: { ...customer, profile: { GRADE: 'VIP' } } })).toBe('DEPARTMENT_HEAD');
    expect(levelOf({ priority: 1 })).toBe('DEPARTMENT_HEAD');
    expect(levelOf({ type: 'COMPLAINT', complaintLevel: 'SERIOUS' })).toBe('SUPERVISOR');
    expect(levelOf({ type: 'COMPLAINT', complaintLevel: 'MAJOR' })).toBe('SENIOR_MANAGEMENT');
  });

  it('is not missed when the ticket knows already of what has not been told here yet', () => {
    const knows = (ticket: object): Look => [at(12, 11), {}, { ticket: { ...working, ...ticket } }];
    const late = (look: Look) =>
      data(clocks([MONDAY, {}], look), 'SlaClockBreached').map(({ moment }) => moment);
    const entered = (enteredAt: object) => knows({ of: { ...working.of, enteredAt } });
    expect(late(knows({}))).toEqual(['FIRST_RESPONSE']);
    expect(late(entered({ responded: at(12, 9) }))).toEqual([]);
    expect(late(entered({ responded: at(12, 10) }))).toEqual([]);
    expect(late(entered({ planned: at(12, 9) }))).toEqual([]);
    expect(late(entered({ solved: at(12, 9) }))).toEqual([]);
    expect(late(knows({ stage: 'withdrawn' }))).toEqual([]);
    expect(late(knows({ stage: 'closed', closedAt: at(12, 9) }))).toEqual([]);
    const waits = knows({ stage: 'waiting', waitingSince: at(12, 9) });
    expect(late(waits)).toEqual(['FIRST_RESPONSE']);
    for (const nothing of [
      { acknowledged: at(12, 9) },
      { responded: at(12, 10, 0, 1) },
      { responded: at(11, 9) },
    ])
      expect(late(entered(nothing))).toEqual(['FIRST_RESPONSE']);
  });

  it('of one clock is waited for although another was missed before the ticket waited', () => {
    const urgent: Facts = { urgency: 'URGENT' };
    const waiting = { since: at(12, 11) };
    const ticket = { ...working, stage: 'waiting', waitingSince: at(12, 11) };
    const asked: Look = [at(12, 11), { ...urgent, heard: 2, waiting }, { ticket }];
    const later: Look = [at(12, 22), { ...urgent, heard: 2, waiting }, { ticket }];
    const events = clocks([MONDAY, urgent], asked, later);
    expect(data(events, 'SlaClockLeftOverdue', 'PLAN')).toMatchObject([{ overdueAt: at(12, 22) }]);
  });
});
