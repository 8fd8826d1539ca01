import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { at, clocks, data, dues, MONDAY, reached, type Facts } from './slaclocks.story';
import { publishedSince } from './sla.story';
import { RESOLUTION_NODE, type SlaPromise } from './slaclocks.values';

const FIRST = at(11, 14);
const node = (dueAt: string, heard: number): SlaPromise => ({
  ...{
    commitmentId: RESOLUTION_NODE,
    moment: 'RESOLVE',
    dueAt,
    inWriting: true,
    agreedInWriting: false,
    heard,
  },
});
const given = (dueAt: string): Facts => ({
  ...{ servicePhase: 'AFTER_SALE', heard: 3, reached: [reached('FIRST_RESPONSE', FIRST)] },
  promises: [node(dueAt, 3)],
});
const moved = (dueAt: string) =>
  data(
    clocks([MONDAY, { servicePhase: 'AFTER_SALE' }], [FIRST, given(dueAt)]),
    'SlaClockRescheduled',
    'RESOLVE',
  );

describe('the resolution node that a first response gives (SLA-ASP, R-11)', () => {
  it('is the deadline of the solution where it is earlier than what the class gives', () => {
    expect(moved(at(14, 18))).toMatchObject([
      { dueAt: at(14, 18), cause: 'COMMITMENT', commitmentId: RESOLUTION_NODE },
    ]);
  });
  it('loosens nothing where it is later', () => {
    expect(moved(new Date(Date.UTC(2025, 0, 1)).toISOString())).toEqual([]);
  });
  it('is the deadline where no rule gives one', () => {
    const rules = BUILT_IN_POLICY.rules.filter(({ moment }) => moment !== 'RESOLVE');
    const known = { rulebook: publishedSince(at(1, 0), { policy: { rules } }) };
    const without = clocks([MONDAY, { servicePhase: 'AFTER_SALE' }, known]);
    expect(dues(without)).not.toHaveProperty('RESOLVE');
    const found = clocks(
      [MONDAY, { servicePhase: 'AFTER_SALE' }, known],
      [FIRST, given(at(14, 18)), known],
      [at(11, 15), given(at(14, 18)), known],
    );
    expect(data(found, 'SlaClockStarted', 'RESOLVE')).toMatchObject([
      { dueAt: at(14, 18), commitmentId: RESOLUTION_NODE, winner: { startEvent: 'RAISED', start: MONDAY } },
    ]);
    expect(data(found, 'SlaClockStarted', 'RESOLVE')).toHaveLength(1);
  });
});
