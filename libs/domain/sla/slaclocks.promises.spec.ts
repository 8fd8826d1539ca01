import { at, clocks, data, line, MONDAY, reached, type Facts } from './slaclocks.story';

describe('what was promised in writing', () => {
  const promise = (dueAt: string, more: object = {}) => ({
    ...{ commitmentId: 'k-1', moment: 'RESOLVE' as const, dueAt, heard: 2 },
    ...{ inWriting: true, agreedInWriting: false, ...more },
  });
  const important = { urgency: 'IMPORTANT', raisedAt: at(1, 17), classedAt: at(1, 17) } as const;
  const told = (...promises: ReturnType<typeof promise>[]) =>
    data(
      clocks([at(1, 17), important], [at(5, 16), { ...important, heard: 2, promises }]),
      'SlaClockRescheduled',
    );

  it('tightens the deadline of the solution, and with it what comes before (2.4)', () => {
    expect(told(promise(at(6, 12)))).toMatchObject([
      { moment: 'PLAN', to: at(6, 12), cause: 'CLIPPED', clippedBy: 'RESOLVE' },
      { moment: 'RESOLVE', to: at(6, 12), cause: 'COMMITMENT', commitmentId: 'k-1' },
    ]);
    expect(told(promise(at(6, 12), { inWriting: false }))).toEqual([]);
  });

  it('loosens it only when the customer agreed in writing (2.4, WE-01)', () => {
    expect(told(promise(at(27, 0)))).toEqual([]);
    expect(told(promise(at(27, 0), { agreedInWriting: true }))).toMatchObject([
      { moment: 'RESOLVE', from: at(22, 18), to: at(27, 0), cause: 'COMMITMENT' },
    ]);
  });

  it('tightens a first response, and never loosens it whatever the customer agreed to (2.4)', () => {
    const answer = (dueAt: string) =>
      data(
        clocks(
          [at(1, 17), important],
          [
            at(1, 18),
            {
              ...{ ...important, heard: 2 },
              promises: [promise(dueAt, { moment: 'FIRST_RESPONSE', agreedInWriting: true })],
            },
          ],
        ),
        'SlaClockRescheduled',
      );
    expect(answer(at(2, 9))).toMatchObject([
      { moment: 'FIRST_RESPONSE', from: at(2, 17), to: at(2, 9), cause: 'COMMITMENT', commitmentId: 'k-1' },
    ]);
    expect(answer(at(4, 9))).toEqual([]);
  });

  it('tightens a plan, and loosens it as the customer agreed in writing (2.4)', () => {
    const plan = (dueAt: string, agreedInWriting: boolean) =>
      told(promise(dueAt, { moment: 'PLAN', agreedInWriting }));
    expect(plan(at(6, 12), false)).toMatchObject([
      { moment: 'PLAN', from: at(6, 18), to: at(6, 12), cause: 'COMMITMENT', commitmentId: 'k-1' },
    ]);
    expect(plan(at(8, 18), false)).toEqual([]);
    expect(plan(at(8, 18), true)).toMatchObject([
      { moment: 'PLAN', from: at(6, 18), to: at(8, 18), cause: 'COMMITMENT', commitmentId: 'k-1' },
    ]);
  });

  it('and taken back again leaves what the rules say', () => {
    const facts = { ...important, heard: 2, promises: [promise(at(20, 12))] };
    const back = clocks([at(1, 17), important], [at(5, 16), facts], [at(6, 9), { ...important, heard: 3 }]);
    expect(data(back, 'SlaClockRescheduled', 'RESOLVE').at(-1)).toMatchObject({
      ...{ from: at(20, 12), to: at(22, 18), cause: 'COMMITMENT_WITHDRAWN' },
    });
  });

  it('never moves a deadline to a time that has passed', () => {
    expect(told(promise(at(5, 15)))).toEqual([]);
  });

  it('nor to one at which its clock had not begun: not by what is told late of a time before it', () => {
    const early = { ...reached('ACKNOWLEDGE', at(12, 9, 59), 3), notedAt: at(12, 10, 24) };
    const urgent: Facts = { urgency: 'URGENT', classedAt: at(12, 10, 0, 7) };
    const events = clocks(
      [MONDAY, {}],
      [at(12, 10, 0, 7), { ...urgent, heard: 2 }],
      [at(12, 9, 59), { ...urgent, heard: 3, reached: [early] }],
    );
    expect(line(events, 'ACKNOWLEDGE').at(-1)).toBe('ACKNOWLEDGE 1 SlaClockMet');
    expect(data(events, 'SlaClockRescheduled', 'ACKNOWLEDGE')).toEqual([]);
  });
});
