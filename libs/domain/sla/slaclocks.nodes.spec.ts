import { at, clocks, data, MONDAY, type Look } from './slaclocks.story';
import { vip, FIRST, of, BEGUN, syncs, lines, started, sync, nodes } from './slaclocks.sync.story';
import { type SlaReached } from './slaclocks.values';

describe('a time that was agreed with the customer (C-07)', () => {
  const agreed = (heard: number, when: string, dueAts: string[], ...more: SlaReached[]): Look => [
    when,
    { ...of(heard, ...more), nodes: nodes(when, ...dueAts) },
    vip,
  ];

  it('replaces the cadence until then', () => {
    const events = syncs(BEGUN, agreed(3, at(11, 16), [at(14, 18)]));
    expect(data(events, 'SlaClockRescheduled')).toMatchObject([
      { from: at(12, 14), to: at(14, 18), cause: 'NODES_AGREED', winner: { rule: 'AGREED_NODE' } },
    ]);
    const before = clocks(
      [MONDAY, {}, vip],
      [FIRST, { ...of(2), nodes: nodes(at(11, 12), at(14, 18)) }, vip],
    );
    expect(data(before, 'SlaClockStarted', 'PROGRESS_SYNC')).toMatchObject([{ dueAt: at(14, 18) }]);
  });

  it('is met by a word on the day before, and then the next one or the cadence counts', () => {
    const met = agreed(4, at(14, 16), [at(14, 18)], sync(at(14, 16), 4));
    expect(started(BEGUN, agreed(3, at(11, 16), [at(14, 18)]), met)[1]).toEqual([at(14, 16), at(15, 16)]);
    const two = [at(14, 18), at(19, 18)];
    const first = agreed(4, at(14, 16), two, sync(at(14, 16), 4));
    expect(started(BEGUN, agreed(3, at(11, 16), two), first)[1]).toEqual([at(14, 16), at(19, 18)]);
    const history = [BEGUN, agreed(3, at(11, 16), two), first] as const;
    expect(lines(...history, agreed(5, at(14, 17), two, sync(at(14, 16), 4)))).toEqual(lines(...history));
  });

  it('still stands after a word that came much earlier', () => {
    const early = agreed(4, at(12, 9), [at(14, 18)], sync(at(12, 9), 4));
    expect(started(BEGUN, agreed(3, at(11, 16), [at(14, 18)]), early)[1]).toEqual([at(12, 9), at(14, 18)]);
  });

  it('that is missed is a breach; the next one counts from it', () => {
    const missed = [at(14, 18, 0, 1), { ...of(3), nodes: nodes(at(11, 16), at(14, 18)) }, vip] as const;
    expect(started(BEGUN, agreed(3, at(11, 16), [at(14, 18)]), missed)[1]).toEqual([at(14, 18), at(15, 18)]);
  });

  it('that is moved or dropped moves the clock; nothing is due before the change', () => {
    const moved = (dueAts: string[]) =>
      data(
        syncs(BEGUN, agreed(3, at(11, 16), [at(14, 18)]), agreed(4, at(12, 20), dueAts)),
        'SlaClockRescheduled',
      )[1];
    expect(moved([at(15, 18)])).toMatchObject({ from: at(14, 18), to: at(15, 18) });
    expect(moved([])).toMatchObject({ from: at(14, 18), to: at(13, 20), winner: { rule: 'SLA-VIP' } });
  });
});
