import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import type { NewEvent, Question } from '@rapport/kernel';
import { modelsOf } from '@rapport/kernel/spec';
import { hour, RAISED, ticketStory } from '../clocks.story';
import { departmentTaskBoard } from '../departments/department-task-board.projection';
import { CLAIM_ORDER } from './claims';
import { progressBoard } from './progress-board.question';
import { capacity, formed, FR, green, raised, ranked, t, task } from './progress-board.story';
import { progressItems } from './progress-items.projection';
import { staffCapacity } from './staff-capacity.projection';
import { workload } from './workload.question';

const models = modelsOf(() => new MemoryRowStore(), [progressItems], [departmentTaskBoard], [staffCapacity]);
const ask = async (of: Question, events: readonly NewEvent[], now: string, params: object = {}) => {
  const { ask: asked } = await models.told(...events.map((event) => ({ ...event, at: RAISED })));
  return asked<Record<string, unknown>>(of, now, params);
};

/** Three tickets: one of a VIP in RND due after 24 hours, one in RND due after 10, one that nobody has and nothing waits for. */
const [one, two, three] = [t, ticketStory('t-2', 'c-2'), ticketStory('t-3', 'c-3')];
const story = [
  ...[one.registered({ grade: 'VIP' }), one.owned('ann'), one.led('RND'), one.started(FR, hour(24))],
  ...[two.registered({ grade: 'REGULAR' }), two.owned('ann'), two.led('RND')],
  ...[two.started(FR, hour(10), 1, { warnAt: hour(8) }), three.registered()],
];

describe('the progress board (SYS-62.1)', () => {
  interface Board {
    readonly total: number;
    readonly items: readonly { readonly key: string; readonly colour: string }[];
    readonly cells: readonly object[];
  }
  const asked = async (n: number, params: object = {}, ...more: NewEvent[]) =>
    (await ask(progressBoard, [...story, ...more], hour(n), params)) as { tickets: Board; tasks: Board };
  const lines = ({ items }: Board) => items.map(({ key, colour }) => `${key} ${colour}`);

  it('marks by the clock what is overdue, whether or not anybody has noted it; the deadline itself is in time', async () => {
    const at = async (n: number) => lines((await asked(n)).tickets);
    expect(await at(7)).toEqual(['t-2 GREEN', 't-1 GREEN', 't-3 NONE']);
    expect(await at(8)).toEqual(['t-2 AMBER', 't-1 GREEN', 't-3 NONE']);
    expect(await at(10)).toEqual(['t-2 AMBER', 't-1 GREEN', 't-3 NONE']);
    expect(await at(10.001)).toEqual(['t-2 RED', 't-1 GREEN', 't-3 NONE']);
    expect(await at(25)).toEqual(['t-2 RED', 't-1 RED', 't-3 NONE']);
  });

  it('counts by department and state what it lists', async () => {
    const { tickets } = await asked(20);
    expect(tickets).toMatchObject({ total: 3, overdue: 1, warned: 1, inTime: 0, untimed: 1 });
    expect(tickets.cells).toMatchObject([
      ...[{ department: 'RND', state: 'NEW', total: 2, overdue: 1, warned: 1 }],
      ...[{ department: 'UNASSIGNED', state: 'NEW', total: 1, untimed: 1 }],
    ]);
  });

  it('of some tickets alone, with counts that agree (SYS-62.2)', async () => {
    const of = async (params: object) => {
      const { tickets } = await asked(20, params, ranked({}, 'Q1'));
      expect(tickets.total).toBe(tickets.items.length);
      return lines(tickets);
    };
    expect(await of({ customerId: 'c-2' })).toEqual(['t-2 RED']);
    expect(await of({ grade: 'VIP' })).toEqual(['t-1 AMBER']);
    expect(await of({ quadrant: 'Q1' })).toEqual(['t-1 AMBER']);
    expect(await of({ department: 'RND' })).toEqual(['t-2 RED', 't-1 AMBER']);
    expect(await of({ ownerId: 'ann', colour: 'RED' })).toEqual(['t-2 RED']);
    const { tickets } = await asked(20, { limit: 1 });
    expect([tickets.total, lines(tickets)]).toEqual([3, ['t-2 RED']]);
  });

  it('puts green channels on top (SYS-24.3)', async () => {
    expect(lines((await asked(20, {}, green({ ticketId: 't-3' }))).tickets)[0]).toBe('t-3 NONE');
  });

  it('shows the tasks of departments beside, by what they wait for', async () => {
    const tasks = [task('t-1', 'print', 'TECHNICAL'), task('t-2', 'mend', 'LOGISTICS')] as const;
    const found = async (n: number, params: object = {}) => (await asked(n, params, ...tasks)).tasks;
    expect(lines(await found(4))).toEqual(['t-1|print GREEN', 't-2|mend GREEN']);
    const late = await found(5);
    expect(late).toMatchObject({ total: 2, overdue: 2, cells: [{ department: 'LOGISTICS' }, { total: 1 }] });
    expect(late.items[0]).toMatchObject({ ticketId: 't-1', waitsFor: 'ACCEPTANCE', ownerId: 'ann' });
    expect(lines(await found(5, { department: 'LOGISTICS' }))).toEqual(['t-2|mend RED']);
    expect(lines(await found(5, { grade: 'VIP' }))).toEqual(['t-1|print RED']);
    expect(lines(await found(5, { colour: 'GREEN' }))).toEqual([]);
    const done = e.DepartmentTaskCancelled.of({ ...tasks[0].data, reason: 'x', cancelledAt: hour(4) });
    expect(lines((await asked(5, {}, ...tasks, done)).tasks)).toEqual(['t-2|mend RED']);
    expect(lines((await asked(5, {}, ...tasks, green({ ticketId: 't-2' }))).tasks)[0]).toBe('t-2|mend RED');
  });
});

describe('the workload (SYS-62.3)', () => {
  const loads = async (...more: NewEvent[]) => {
    const found = await ask(workload, [...story, ...more], hour(20));
    return found['workload'] as Record<string, unknown>[];
  };

  it('shows who works on how much, against what they can do', async () => {
    expect(await loads()).toMatchObject([
      { staffId: 'ann', tickets: 2, overdue: 1, capacity: null, overloaded: false },
    ]);
    expect(await loads(capacity('ann', 2))).toMatchObject([{ capacity: 2, overloaded: false, free: 0 }]);
    expect(await loads(capacity('ann', 1), capacity('bob', 3))).toMatchObject([
      ...[
        { staffId: 'ann', overloaded: true, free: -1, department: 'RND' },
        { staffId: 'bob', tickets: 0, free: 3 },
      ],
    ]);
    expect(await loads(formed({ ticketId: 't-3' }, 'bob', 'ann'))).toMatchObject([
      ...[
        { staffId: 'ann', tickets: 3, owned: 2, inTaskForces: 1 },
        { staffId: 'bob', inTaskForces: 1 },
      ],
    ]);
  });

  it('of one person or department', async () => {
    const more = [...story, capacity('bob', 3)];
    const found = async (params: object) => (await ask(workload, more, hour(20), params))['workload'];
    expect(await found({ staffId: 'bob' })).toMatchObject([{ staffId: 'bob' }]);
    expect(await found({ department: 'RND' })).toMatchObject([{ staffId: 'bob' }]);
    expect(await found({ limit: 1 })).toMatchObject([{ staffId: 'ann' }]);
  });
});

describe('somebody who is wanted by several at a time (SYS-62.4)', () => {
  const conflicts = async (...events: NewEvent[]) => {
    const found = await ask(workload, events, hour(20));
    return (found['conflicts'] as { staffId: string; proposed: { ticketId: string; rank: string }[] }[]).map(
      ({ staffId, proposed }) => [staffId, ...proposed.map(({ ticketId, rank }) => `${ticketId} ${rank}`)],
    );
  };
  const ticket = (id: string, dueAt: string, ...more: NewEvent[]): readonly NewEvent[] => {
    const its = ticketStory(id, `c-${id}`);
    return [its.registered(), its.owned('ann'), its.started(FR, dueAt), ...more];
  };

  it('is proposed in the order Q1, MAJOR, SERIOUS, priority customer, others; of two alike the first due first', async () => {
    const vip = ticketStory('a', 'c-a');
    const all = [
      ...[vip.registered({ grade: 'VIP' }), vip.owned('ann'), vip.started(FR, hour(1))],
      ...ticket('b', hour(1)),
      ...ticket('c', hour(9), raised({ ticketId: 'c', customerId: 'c-c' }, 'SERIOUS')),
      ...ticket('d', hour(9), raised({ ticketId: 'd', customerId: 'c-d' }, 'MAJOR')),
      ...ticket('f', hour(8), ranked({ ticketId: 'f' }, 'Q1')),
      ...ticket('e', hour(9), ranked({ ticketId: 'e' }, 'Q1')),
      ...ticket('g', hour(7), ranked({ ticketId: 'g' }, 'Q3')),
    ];
    expect(await conflicts(...all)).toEqual([
      ['ann', 'f Q1', 'e Q1', 'd MAJOR', 'c SERIOUS', 'a PRIORITY_CUSTOMER', 'b OTHER', 'g OTHER'],
    ]);
    expect(CLAIM_ORDER).toEqual(['Q1', 'MAJOR', 'SERIOUS', 'PRIORITY_CUSTOMER', 'OTHER']);
  });

  it('is none as long as one of them can wait, unless it is more than the person can do', async () => {
    const plain = [...ticket('a', hour(9)), ...ticket('b', hour(8), ranked({ ticketId: 'b' }, 'Q1'))];
    expect(await conflicts(...plain)).toEqual([]);
    expect(await conflicts(...plain, capacity('ann', 1))).toEqual([['ann', 'b Q1', 'a OTHER']]);
    const both = [...plain, raised({ ticketId: 'a', customerId: 'c-a' }, 'SERIOUS')];
    expect(await conflicts(...both)).toEqual([['ann', 'b Q1', 'a SERIOUS']]);
  });
});
