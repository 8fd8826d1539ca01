import { MemoryRowStore } from '@rapport/adapters/memory';
import { askingOf, Projector, type EventStore, type NewEvent, type Question } from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';
import { hour, RAISED, ticketStory } from '../clocks.story';
import { CLAIM_ORDER } from './claims';
import { progressBoard } from './progress-board.question';
import { capacity, formed, FR, green, raised, ranked, t } from './progress-board.story';
import { progressItems } from './progress-items.projection';
import { staffCapacity } from './staff-capacity.projection';
import { workload } from './workload.question';

const ask = async (of: Question, events: readonly NewEvent[], now: string, params: object = {}) => {
  const rows = new MemoryRowStore();
  const stored = events.map((event, n) => recorded({ ...event, at: RAISED }, n));
  for (const model of [progressItems, staffCapacity]) {
    const projector = new Projector(model);
    await rows.open(projector.tables);
    await rows.commit(await projector.consume(stored, { rows, store: {} as EventStore }), []);
  }
  return (await of.answer(params, askingOf(of, { rows, rollups: [], now }))) as Record<string, unknown>;
};

/** Three tickets: one of a VIP in RND due after 24 hours, one in RND due after 10, one that nobody has and nothing waits for. */
const [one, two, three] = [t, ticketStory('t-2', 'c-2'), ticketStory('t-3', 'c-3')];
const story = [
  ...[one.registered({ grade: 'VIP' }), one.owned('ann'), one.led('RND'), one.started(FR, hour(24))],
  ...[two.registered({ grade: 'REGULAR' }), two.owned('ann'), two.led('RND')],
  ...[two.started(FR, hour(10), 1, { warnAt: hour(8) }), three.registered()],
];

describe('the progress board (SYS-62.1)', () => {
  const idsIn = (found: Record<string, unknown>) =>
    (found['items'] as { ticketId: string; colour: string }[]).map(
      ({ ticketId, colour }) => `${ticketId} ${colour}`,
    );

  it('marks by the clock what is overdue, whether or not anybody has noted it; the deadline itself is in time', async () => {
    const at = async (n: number) => idsIn(await ask(progressBoard, story, hour(n)));
    expect(await at(7)).toEqual(['t-2 GREEN', 't-1 GREEN', 't-3 NONE']);
    expect(await at(8)).toEqual(['t-2 AMBER', 't-1 GREEN', 't-3 NONE']);
    expect(await at(10)).toEqual(['t-2 AMBER', 't-1 GREEN', 't-3 NONE']);
    expect(await at(10.001)).toEqual(['t-2 RED', 't-1 GREEN', 't-3 NONE']);
    expect(await at(25)).toEqual(['t-2 RED', 't-1 RED', 't-3 NONE']);
  });

  it('counts by department and state what it lists', async () => {
    const found = await ask(progressBoard, story, hour(20));
    expect(found).toMatchObject({ tickets: 3, overdue: 1, warned: 1, inTime: 0, open: 1 });
    expect(found['cells']).toMatchObject([
      ...[{ department: 'RND', state: 'NEW', tickets: 2, overdue: 1, warned: 1 }],
      ...[{ department: 'UNASSIGNED', state: 'NEW', tickets: 1, open: 1 }],
    ]);
  });

  it('of some tickets alone, with counts that agree (SYS-62.2)', async () => {
    const of = async (params: object) => {
      const found = await ask(progressBoard, [...story, ranked({}, 'Q1')], hour(20), params);
      expect(found['tickets']).toBe(idsIn(found).length);
      return idsIn(found);
    };
    expect(await of({ customerId: 'c-2' })).toEqual(['t-2 RED']);
    expect(await of({ grade: 'VIP' })).toEqual(['t-1 AMBER']);
    expect(await of({ quadrant: 'Q1' })).toEqual(['t-1 AMBER']);
    expect(await of({ department: 'RND' })).toEqual(['t-2 RED', 't-1 AMBER']);
    expect(await of({ ownerId: 'ann', colour: 'RED' })).toEqual(['t-2 RED']);
    const some = await ask(progressBoard, story, hour(20), { limit: 1 });
    expect([some['tickets'], idsIn(some)]).toEqual([3, ['t-2 RED']]);
  });

  it('puts green channels on top (SYS-24.3)', async () => {
    expect(idsIn(await ask(progressBoard, [...story, green({ ticketId: 't-3' })], hour(20)))[0]).toBe(
      't-3 NONE',
    );
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
