import { scenario } from '@rapport/kernel/spec';
import * as c from './slaclocks.commands';
import { slaClocks } from './slaclocks.decider';
import {
  at,
  clocks,
  contextOf,
  data,
  line,
  looked,
  MONDAY,
  reached,
  stateAfter,
  type Facts,
} from './slaclocks.story';
import { clockState, lastClock } from './slaclocks.state';
import type { ClockEvent } from './slaclocks.draft';

const stateOf = (events: ReturnType<typeof clocks>, moment: 'FIRST_RESPONSE' | 'PLAN' | 'RESOLVE') => {
  const clock = lastClock(stateAfter(events), moment);
  return clock && clockState(clock);
};

describe('a clock that stands still', () => {
  const waits: Facts = { heard: 2, waiting: { since: at(12, 10), questionId: 'mail-7' } };
  const goesOn: Facts = { heard: 3, resumedAt: at(13, 12) };

  it('keeps what was left, and goes on with it (SYS-21.5)', () => {
    const events = clocks(
      [MONDAY, { urgency: 'URGENT' }],
      [at(11, 11), { urgency: 'URGENT', heard: 2, waiting: { since: at(11, 11), questionId: 'mail-7' } }],
      [at(13, 12), { urgency: 'URGENT', ...goesOn }],
    );
    expect(data(events, 'SlaClockPaused', 'PLAN')).toMatchObject([
      { pausedAt: at(11, 11), reason: 'WAITING_FOR_CUSTOMER', withTicket: true, remainingMs: 23 * 3_600_000 },
    ]);
    expect(data(events, 'SlaClockResumed', 'PLAN')).toMatchObject([
      { from: at(12, 10), dueAt: at(14, 11), pausedMs: 49 * 3_600_000, pausedTotalMs: 49 * 3_600_000 },
    ]);
  });

  it('needs the question on record: a ticket that waits without one stops nothing (2.4)', () => {
    const silent: Facts = { heard: 2, waiting: { since: at(12, 10) } };
    const events = clocks([MONDAY, {}], [at(12, 10), silent], [at(12, 11), silent]);
    expect(data(events, 'SlaClockPaused', 'PLAN')).toEqual([]);
    expect(stateOf(events, 'PLAN')).toBe('OPEN');
  });

  it('is one of a plan or a solution; a first word is due all the same (2.4)', () => {
    const events = clocks([MONDAY, {}], [at(12, 10), waits], [at(20, 10), waits]);
    expect(line(events, 'FIRST_RESPONSE').slice(0, 3).at(-1)).toBe('FIRST_RESPONSE 1 SlaClockBreached');
    expect(line(events, 'PLAN', 'RESOLVE').slice(2)).toEqual([
      'PLAN 1 SlaClockPaused',
      'RESOLVE 1 SlaClockPaused',
    ]);
    expect(data(events, 'SlaClockPaused', 'PLAN')[0]).toMatchObject({ questionId: 'mail-7' });
  });

  it('and whose moment is reached meanwhile is met without the time of the pause', () => {
    const planned = { ...waits, heard: 3, reached: [reached('PLAN', at(25, 9), 3)] };
    const events = clocks([MONDAY, {}], [at(12, 10), waits], [at(25, 9), planned]);
    expect(line(events, 'PLAN').slice(1)).toEqual([
      ...['PLAN 1 SlaClockPaused', 'PLAN 1 SlaClockResumed', 'PLAN 1 SlaClockMet'],
    ]);
    expect(data(events, 'SlaClockMet', 'PLAN')[0]).toMatchObject({ elapsedMs: 24 * 3_600_000 });
    expect(stateOf(events, 'RESOLVE')).toBe('PAUSED');
  });

  it('does not stand still once its deadline has passed', () => {
    const late: Facts = { urgency: 'URGENT', heard: 2, waiting: { since: at(12, 11), questionId: 'mail-7' } };
    const events = clocks([MONDAY, { urgency: 'URGENT' }], [at(12, 11), late]);
    expect(stateOf(events, 'PLAN')).toBe('BREACHED');
    expect(stateOf(events, 'RESOLVE')).toBe('PAUSED');
  });
});

describe('a clock that a supervisor let stand still', () => {
  const pause = { ticketId: 't-1', moment: 'PLAN', reason: 'WAITING_FOR_CUSTOMER', questionId: 'm' } as const;
  const { known } = contextOf(MONDAY);
  const stopped = [
    ...clocks([MONDAY, {}]),
    ...scenario(slaClocks, { now: at(11, 12), actor: { id: 'uma', role: 'SUPERVISOR' } })
      .given(...clocks([MONDAY, {}]))
      .when(c.PauseSlaClock.of(pause), known)
      .decided(),
  ] as ClockEvent[];
  const later = (now: string, more: Facts) => looked(stateAfter(stopped), now, more);

  it('goes on when the customer has answered, though nobody says so to the clock (SYS-21.5)', () => {
    const events = later(at(12, 12), { heard: 2, resumedAt: at(12, 12) });
    expect(data(events, 'SlaClockResumed', 'PLAN')).toMatchObject([
      { pausedAt: at(11, 12), resumedAt: at(12, 12), pausedMs: 24 * 3_600_000 },
    ]);
  });
  it('does not for an answer that had come before, nor for anything else', () => {
    for (const resumedAt of [at(11, 11), at(11, 12)])
      expect(data(later(at(12, 12), { heard: 2, resumedAt }), 'SlaClockResumed', 'PLAN')).toEqual([]);
    expect(data(later(at(12, 12), { heard: 2 }), 'SlaClockResumed', 'PLAN')).toEqual([]);
  });
});

describe('what people do to a clock', () => {
  const running = clocks([MONDAY, {}]);
  const late = clocks([MONDAY, {}], [at(12, 11), {}]);
  const as = (now: string, role = 'SUPERVISOR') => scenario(slaClocks, { now, actor: { id: 'uma', role } });
  const { known } = contextOf(MONDAY);
  const pause = {
    ticketId: 't-1',
    moment: 'PLAN',
    reason: 'WAITING_FOR_CUSTOMER',
    questionId: 'mail-1',
  } as const;
  const resume = c.ResumeSlaClock.of({ ticketId: 't-1', moment: 'PLAN' });
  const when = (command: object, now = at(11, 12), role = 'SUPERVISOR', events = running) =>
    as(now, role)
      .given(...events)
      .when(command, known);

  it('to stop it needs a question that is out, and a moment that may wait (SYS-21)', () => {
    const stops = c.PauseSlaClock.of(pause);
    const [paused] = when(stops).decided();
    expect(paused?.data).toMatchObject({ moment: 'PLAN', withTicket: false, questionId: 'mail-1' });
    const { questionId: _, ...silent } = pause;
    when(c.PauseSlaClock.of(silent)).thenRefused('QUESTION_MISSING');
    when(c.PauseSlaClock.of({ ...pause, moment: 'FIRST_RESPONSE' })).thenRefused('MOMENT_NOT_PAUSABLE');
    when(stops, at(11, 12), 'SERVICE_SPECIALIST').thenRefused('ROLE_NOT_ALLOWED');
    when(stops, at(19, 9)).thenRefused('CLOCK_BREACHED');
    when(stops, at(11, 12), 'SUPERVISOR', []).thenRefused('CLOCK_UNKNOWN');
    when(stops, at(11, 13), 'SUPERVISOR', [...running, paused as ClockEvent]).thenNothing();
  });

  it('to let it go on leaves what was left, but a plan is never due after its solution', () => {
    const stopped = [...running, ...when(c.PauseSlaClock.of(pause)).decided()] as ClockEvent[];
    const [resumed] = when(resume, at(12, 12), 'SUPERVISOR', stopped).decided();
    expect(resumed?.data).toMatchObject({ from: at(18, 18), pausedMs: 24 * 3_600_000 });
    expect((resumed?.data as { dueAt: string }).dueAt > at(18, 18)).toBe(true);
    const [last] = when(resume, at(50, 12), 'SUPERVISOR', stopped).decided();
    expect(last?.data).toMatchObject({ dueAt: '2024-04-22T10:00:00.000Z' });
    when(resume).thenNothing();
    const waits = clocks(
      [MONDAY, {}],
      [at(11, 12), { heard: 2, waiting: { since: at(11, 12), questionId: 'mail-7' } }],
    );
    when(resume, at(11, 13), 'SUPERVISOR', [...waits] as ClockEvent[]).thenRefused('TICKET_WAITS');
  });

  it('not to one that has ended: nothing is left to stop or to let go on', () => {
    const met = clocks([MONDAY, {}], [at(11, 12), { heard: 2, reached: [reached('PLAN', at(11, 12))] }]);
    for (const command of [c.PauseSlaClock.of(pause), resume])
      when(command, at(11, 13), 'SUPERVISOR', met).thenRefused('CLOCK_ENDED');
  });

  it('to say why a deadline was missed is for one that was, within two working days (SYS-21.7)', () => {
    const reason = (more: object = {}) =>
      c.RecordBreachReason.of({
        ticketId: 't-1',
        moment: 'FIRST_RESPONSE',
        reason: 'STAFF_SHORTAGE',
        ...more,
      });
    const said = when(reason(), at(13, 9), 'SERVICE_SPECIALIST', late);
    expect(said.decided().map(({ data: told }) => told)).toMatchObject([
      { reason: 'STAFF_SHORTAGE', breachedAt: at(12, 10), reasonDueAt: at(14, 18), late: false },
    ]);
    const [tooLate] = when(reason(), at(14, 18, 0, 1), 'SUPERVISOR', late).decided();
    expect(tooLate?.data).toMatchObject({ late: true });
    const after = [...late, ...said.decided()] as ClockEvent[];
    when(reason(), at(13, 9), 'SUPERVISOR', after).thenNothing();
    const other = reason({ reason: 'OTHER', text: 'a storm' });
    expect(when(other, at(13, 9), 'SUPERVISOR', after).decided()[0]?.data).toMatchObject({
      from: 'STAFF_SHORTAGE',
    });
    when(reason({ reason: 'OTHER' }), at(13, 9), 'SUPERVISOR', after).thenRefused('REASON_TEXT_MISSING');
    when(reason()).thenRefused('CLOCK_NOT_BREACHED');
    when(reason({ round: 2 }), at(13, 9), 'SUPERVISOR', after).thenRefused('CLOCK_UNKNOWN');
    when(reason({ moment: 'ACKNOWLEDGE' })).thenRefused('CLOCK_UNKNOWN');
  });
});
