import { evolve, type Actor, type NewEvent, type Rules } from '@rapport/kernel';
import fc from 'fast-check';
import { NOTHING_PUBLISHED } from '../sla/sla.story';
import * as base from './ticket.commands';
import { ticket, type Ticket } from './ticket.decider';
import { openTasksOf } from './ticket.tasks.state';
import { TicketStory } from './ticket.story';
import * as c from './ticket.tasks.commands';
import * as e from './ticket.tasks.events';
import type { Department } from './ticket.values';

const START = Date.parse('2024-03-01T01:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();
const DEPARTMENTS = ['TECHNICAL', 'CUSTOMER_SERVICE', 'PRODUCT'] as const;
const TASKS = ['a', '__proto__'] as const;
const ticketId = 't-1';
const BOSS: Actor = { id: 'boss', role: 'SENIOR_MANAGEMENT' };
const known = { customer: { stage: 'known', profile: {}, contacts: {} }, rulebook: NOTHING_PUBLISHED };

/** What departments may want, more of it more often; a ticket is withdrawn now and then. */
const KINDS = [
  ...([
    'assign',
    'assign',
    'assign',
    'accept',
    'decline',
    'decline',
    'decline',
    'decline',
    'rule',
    'rule',
  ] as const),
  ...(['complete', 'complete', 'cancel', 'meet', 'handBack', 'handBack', 'withdraw'] as const),
];
interface Wish {
  readonly kind: (typeof KINDS)[number];
  readonly taskId: (typeof TASKS)[number];
  readonly department: Department;
  readonly other: Department;
  readonly minutes: number;
  /** It is said for the department that the task lies with, whichever was meant. */
  readonly theirs: boolean;
}
const wish: fc.Arbitrary<Wish> = fc.record({
  ...{ kind: fc.constantFrom(...KINDS), taskId: fc.constantFrom(...TASKS), minutes: fc.nat(600) },
  ...{ department: fc.constantFrom(...DEPARTMENTS), other: fc.constantFrom(...DEPARTMENTS) },
  theirs: fc.constantFrom(true, true, true, false),
});
const command = ({ kind, taskId, department, other }: Wish, now: number): object => {
  const task = { ticketId, taskId, department };
  const duty = { duty: 'x', dueAt: iso(now + 3_600_000) };
  const duties = [
    { ...duty, output: 'y', department: 'TECHNICAL' } as const,
    { ...duty, output: 'z', department: 'CUSTOMER_SERVICE' } as const,
    { ...duty, output: 'z', department: 'PRODUCT' } as const,
  ];
  const wishes: Record<Wish['kind'], () => object> = {
    assign: () => c.AssignDepartmentTask.of({ ...task, ...duty }),
    handBack: () => c.AssignDepartmentTask.of({ ...task, ...duty, department: other }),
    accept: () => c.AcceptDepartmentTask.of(task),
    decline: () => c.DeclineDepartmentTask.of({ ...task, reason: 'x', proposed: other }),
    rule: () => c.RuleResponsibility.of({ ...task, reason: 'x' }),
    complete: () => c.CompleteDepartmentTask.of({ ...task, result: 'x' }),
    cancel: () => c.CancelDepartmentTask.of({ ticketId, taskId, reason: 'x' }),
    meet: () => c.HoldCoordinationMeeting.of({ ticketId, duties }),
    withdraw: () => base.WithdrawTicket.of({ ticketId, reason: 'x' }),
  };
  return wishes[kind]();
};
const lifeOf = (wishes: readonly Wish[]): { story: TicketStory; states: Ticket[] } => {
  const story = new TicketStory(known);
  const register = base.RegisterTicket.of({
    ...{ ticketId, customerId: 'c-1', urgency: 'ROUTINE', channel: 'EMAIL', verbatim: 'x' },
    ...{ collectorId: 's', raisedAt: iso(START) },
  });
  story.when(iso(START), register);
  const states: Ticket[] = [story.state];
  let now = START;
  for (const each of wishes) {
    now += each.minutes * 60_000;
    const lies = tasksIn(story.state).find(({ of }) => of.taskId === each.taskId)?.of.department;
    const department = (each.theirs && lies) || each.department;
    story.names(iso(now), command({ ...each, department }, now), BOSS);
    states.push(story.state);
  }
  return { story, states };
};
const tasksIn = (state: Ticket) => (state.stage === 'unregistered' ? [] : (state.of.tasks?.all ?? []));
const always = (holds: (life: ReturnType<typeof lifeOf>) => void) =>
  fc.assert(
    fc.property(fc.array(wish, { minLength: 5, maxLength: 40 }), (wishes) => holds(lifeOf(wishes))),
    { numRuns: 300 },
  );
const eventsOf = (story: TicketStory, taskId: string): readonly NewEvent[] =>
  story.events.filter(({ data }) => (data as { taskId?: string }).taskId === taskId);

describe('whatever departments want, in whatever order', () => {
  it('no task is lost: each that was assigned is there, once, in one state', () => {
    always(({ story, states }) => {
      const assigned = new Set(story.all(e.DepartmentTaskAssigned).map(({ taskId }) => taskId));
      const ids = tasksIn(story.state).map(({ of }) => of.taskId);
      expect([...ids].sort()).toEqual([...assigned].sort());
      states.reduce((before, after) => {
        expect(tasksIn(after).length).toBeGreaterThanOrEqual(tasksIn(before).length);
        return after;
      });
    });
  });
  it('a task that is over stays over, and with the ticket none is left open', () => {
    always(({ story, states }) => {
      const over = (state: Ticket) =>
        tasksIn(state).flatMap(({ of, state: now }) =>
          now === 'completed' || now === 'cancelled' ? [`${of.taskId}/${now}`] : [],
        );
      states.reduce((before, after) => {
        expect(over(after)).toEqual(expect.arrayContaining(over(before)));
        return after;
      });
      if (story.state.stage === 'withdrawn') expect(openTasksOf(story.state.of.tasks)).toEqual([]);
    });
  });
  it('ping-pong is found: nobody gets back what they declined but by a ruling, and nobody declines that', () => {
    always(({ story }) => {
      for (const taskId of TASKS) {
        const declined = new Set<string>();
        let ruledFor: string | undefined;
        for (const { messageClass, data } of eventsOf(story, taskId)) {
          const { department } = data as e.DepartmentTaskAssigned;
          if (messageClass === e.DepartmentTaskAssigned) expect(declined).not.toContain(department);
          if (messageClass === e.ResponsibilityRuled) ruledFor = department;
          if (messageClass !== e.DepartmentTaskDeclined) continue;
          expect(ruledFor).toBeUndefined();
          declined.add(department);
        }
      }
    });
  });
  it('a task is declined twice at the most, then disputed once, ruled once', () => {
    always(({ story }) => {
      for (const taskId of TASKS) {
        const names = eventsOf(story, taskId).map(({ messageClass }) => messageClass.name);
        const count = (name: string) => names.filter((each) => each === name).length;
        expect(count('DepartmentTaskDeclined')).toBeLessThanOrEqual(2);
        expect(count('ResponsibilityDisputed')).toBeLessThanOrEqual(1);
        expect(count('ResponsibilityRuled')).toBeLessThanOrEqual(count('ResponsibilityDisputed'));
        const second = names.findIndex(
          (name, n) => name === 'DepartmentTaskDeclined' && names.indexOf(name) !== n,
        );
        if (second >= 0) expect(names[second + 1]).toBe('ResponsibilityDisputed');
      }
    });
  });
  it('a ruling is due by whom no party to it could be', () => {
    always(({ story }) => {
      for (const { parties, level, leadDepartment } of story.all(e.ResponsibilityDisputed))
        if (level === 'DEPARTMENT_HEAD') expect(parties).not.toContain(leadDepartment);
    });
  });
  it('the customer is to be told exactly when the last task is done', () => {
    always(({ story, states }) => {
      const last = states.at(-1)!;
      const tasks = tasksIn(last);
      const isDone =
        tasks.some(({ state }) => state === 'completed') && openTasksOf(tasksOf(last)).length === 0;
      if (story.state.stage !== 'withdrawn') expect(tasksOf(last)?.toTellSince !== undefined).toBe(isDone);
    });
  });
  it('what was stored, read again, is what was decided on', () => {
    always(({ story }) => {
      const rules: Rules<Ticket> = ticket;
      const again = story.events.reduce(
        (state, { messageClass, data, at = '' }) =>
          evolve(rules, state, {
            ...{ type: messageClass.name, occurredAt: at },
            data: JSON.parse(JSON.stringify(data)) as object,
          }),
        ticket.initial,
      );
      expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(story.state)));
    });
  });
});
const tasksOf = (state: Ticket) => (state.stage === 'unregistered' ? undefined : state.of.tasks);
