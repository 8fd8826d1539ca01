import { rowsOf } from '@rapport/kernel/spec';
import { at, clockStory } from '../sla-clock.story';
import { slaStatus } from './sla-status.projection';

const { given } = rowsOf(slaStatus);
const clock = clockStory('t-1');
const ID = 't-1|FIRST_RESPONSE|1';
const HOUR_MS = 3_600_000;

describe('the status of a clock', () => {
  it('holds its deadline, the rule that won, those that lost, and the versions it keeps (SYS-21.1)', () => {
    given(clock.started)
      .row(ID)
      .is({
        ...{ ticketId: 't-1', moment: 'FIRST_RESPONSE', round: 1, state: 'OPEN', ownerId: 'ann' },
        ...{ startAt: at(1, 17), dueAt: at(2, 17), firstDueAt: at(2, 17), rule: 'SLA-IMP' },
        ...{ policyVersion: 1, calendarVersion: 1, complaintLevel: null, breachedAt: null },
      });
    expect(given(clock.started).row(ID).value().losers[0]?.rule).toBe('SLA-ANY');
  });

  it('tells how it was kept (SYS-21.2)', () => {
    given(clock.started, clock.warned, clock.met)
      .row(ID)
      .is({
        ...{ state: 'MET', warnedAt: at(2, 12, 12), endedAt: at(2, 14, 30), reachedBy: 'FIRST_RESPONSE' },
        ...{ elapsedMs: 21.5 * HOUR_MS, slackMs: 2.5 * HOUR_MS, reason: null },
      });
  });

  it('tells a breach, whom it calls, how late it was, and why (SYS-21.3, SYS-21.7)', () => {
    given(clock.started, clock.breached, clock.overdue)
      .row(ID)
      .is({
        ...{ state: 'BREACHED', breachedAt: at(2, 17), calledLevel: 'DEPARTMENT_HEAD', overduePercent: 150 },
        ...{ endedAt: null, reasonDueAt: at(5, 18), slackMs: null },
      });
    given(clock.started, clock.breached, clock.metLate(4), clock.explained('STAFF_SHORTAGE'))
      .row(ID)
      .is({
        ...{ state: 'MET_LATE', breachedAt: at(2, 17), endedAt: at(2, 21), slackMs: -4 * HOUR_MS },
        ...{ reason: 'STAFF_SHORTAGE', reasonAt: at(4, 9) },
      });
  });

  it('keeps every move of its deadline, with cause and event', () => {
    const rows = given(clock.started, clock.moved(at(2, 12), at(2, 10)));
    rows.row(ID).is({ dueAt: at(2, 12), firstDueAt: at(2, 17), rule: 'SLA-URG', reschedules: 1 });
    expect(rows.row(ID).value().moves).toEqual([
      {
        ...{ at: at(2, 10), from: at(2, 17), to: at(2, 12), cause: 'RECLASSIFIED' },
        ...{ rule: 'SLA-URG', causeId: 'spec-1' },
      },
    ]);
  });

  it('stands still and goes on (SYS-21.5)', () => {
    given(clock.started, clock.paused)
      .row(ID)
      .is({ state: 'PAUSED', pausedSince: at(2, 9), questionId: 'mail-1', pausedMs: 0 });
    const rows = given(clock.started, clock.paused, clock.resumed);
    rows
      .row(ID)
      .is({ state: 'OPEN', pausedSince: null, pausedMs: 24 * HOUR_MS, dueAt: at(3, 17), reschedules: 0 });
    expect(rows.row(ID).value()).toMatchObject({
      ...{ pauses: [{ from: at(2, 9), to: at(3, 9) }], moves: [{ cause: 'PAUSE', to: at(3, 17) }] },
    });
  });

  it('is cancelled when the need is taken back (SYS-21.6)', () => {
    given(clock.started, clock.cancelled)
      .row(ID)
      .is({ state: 'CANCELLED', endedAt: at(2, 10), reachedBy: null });
  });

  it('is one row for each moment and round', () => {
    const second = clockStory('t-1', 'FIRST_RESPONSE', {}, 2);
    const rows = given(clock.started, clock.met, second.started);
    rows.row(ID).is({ state: 'MET' });
    rows.row('t-1|FIRST_RESPONSE|2').is({ state: 'OPEN' });
  });
});
