import { hydrate, Refusal, type Actor, type NewEvent } from '@rapport/kernel';
import { recorded } from '@rapport/kernel/spec';
import fc from 'fast-check';
import * as c from './ticket.commands';
import { ticket, type Ticket } from './ticket.decider';
import * as e from './ticket.events';
import { Attachment, PlanOption, SplitPart } from './ticket.values';

const START = Date.parse('2024-03-01T09:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();
const importer = { id: 'importer', role: 'MIGRATION' };
const known = {
  customer: { stage: 'known', profile: {}, contacts: {} },
  register: { last: 0, numbered: [] },
  parts: [{ stage: 'unregistered' }],
};
const id = { ticketId: 't-1' };

const partAt = (now: number) =>
  hydrate(SplitPart, { ticketId: `p-${now}`, type: 'SERVICE', urgency: 'ROUTINE', verbatim: 'x' });

const plan = hydrate(PlanOption, { summary: 'this way' });

const URGENCIES = ['URGENT', 'IMPORTANT', 'ROUTINE'] as const;

/** What may be wanted next: `now` is the clock, `ago` how long ago it was when somebody tells it. */
const wishes: readonly ((now: number, ago: number) => object)[] = [
  (_, ago) => c.AcknowledgeTicket.of({ ...id, acknowledgedAt: iso(ago) }),
  (_, ago) =>
    c.RecordFirstResponse.of({ ...id, respondedAt: iso(ago), direction: 'this way', interactionId: 'i-1' }),
  (_, ago) => c.DeliverSolution.of({ ...id, solution: 'this', deliveredAt: iso(ago) }),
  (_, ago) =>
    c.RecordExecutionStep.of({
      ...id,
      stage: 'x',
      executedAt: iso(ago),
      executorId: 'a',
      progress: 'x',
      final: true,
    }),
  () => c.WaitForCustomer.of({ ...id, question: 'which?' }),
  () => c.ResumeTicket.of(id),
  (_, ago) => c.PresentPlan.of({ ...id, options: [plan], presentedAt: iso(ago), cause: 'the old fan' }),
  () => c.ConfirmSatisfied.of(id),
  () => c.ReportDissatisfied.of({ ...id, reason: 'no' }),
  () => c.StartSecondCommunication.of(id),
  () => c.CloseTicket.of(id),
  () => c.CloseUnconfirmed.of(id),
  () => c.ReopenTicket.of({ ...id, reason: 'again' }),
  () => c.WithdrawTicket.of({ ...id, reason: 'mine' }),
  () => c.ArchiveTicket.of(id),
  (now) => c.SplitTicket.of({ ...id, parts: [partAt(now)], collectorId: 's' }),
  (_, ago) => c.RemindOfConfirmation.of({ ...id, solvedAt: iso(ago), afterDays: 3 }),
  () => c.AttachToTicket.of({ ...id, attachment: hydrate(Attachment, { name: 'a.png' }) }),
  (now) => c.AssignTicketOwner.of({ ...id, ownerId: `p-${now % 3}` }),
  (now) => c.AssignLeadDepartment.of({ ...id, department: `d-${now % 3}` }),
  (now) => c.ChangeTicketUrgency.of({ ...id, urgency: URGENCIES[now % 3]!, reason: 'x' }),
  () => c.ClassifyTicket.of({ ...id, type: 'SERVICE' }),
];
const register = c.RegisterTicket.of({
  ...{ ...id, customerId: 'c-1', urgency: 'ROUTINE', channel: 'EMAIL', verbatim: 'x', collectorId: 's' },
  raisedAt: iso(START),
});

const wanted = fc.array(
  fc.record({
    wish: fc.nat(wishes.length - 1),
    passes: fc.integer({ min: 0, max: 20 * 86_400_000 }),
    late: fc.integer({ min: 0, max: 86_400_000 }),
  }),
  { maxLength: 40 },
);

/** Everything that happens when these wishes are brought forward; refusals leave the ticket as it is. */
const lifeOf = (asked: readonly { wish: number; passes: number; late: number }[], actor: Actor) => {
  const events = [...decided(ticket.initial, register, START, actor)];
  const states = [after(ticket.initial, events)];
  let now = START;
  for (const { wish, passes, late } of asked) {
    now += passes;
    const state = states.at(-1) as Ticket;
    const next = decided(state, wishes[wish]!(now, Math.max(START, now - late)), now, actor);
    events.push(...next);
    states.push(after(state, next));
  }
  return { events, states };
};
const decided = (state: Ticket, command: object, now: number, actor: Actor): readonly NewEvent[] => {
  const decide = ticket.decide[command.constructor.name as 'ResumeTicket'];
  try {
    const context = { now: iso(now), actor, known, eventId: String };
    return decide(state, command as c.ResumeTicket, context);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
/** What follows when the ticket is brought to its end, wherever it stands. */
const archived = (state: Ticket): readonly NewEvent[] => {
  const end = START + 1e12;
  const closing = decided(state, c.CloseUnconfirmed.of(id), end, importer);
  return [...closing, ...decided(after(state, closing), c.ArchiveTicket.of(id), end, importer)];
};
const after = (state: Ticket, events: readonly NewEvent[]): Ticket =>
  events
    .map(recorded)
    .reduce(
      (was, { type, data, occurredAt }) =>
        ticket.evolve[type as 'TicketResumed'](was, data as e.TicketResumed, occurredAt),
      state,
    );

const named = (events: readonly NewEvent[], ...classes: object[]) =>
  events
    .filter(({ messageClass }) => classes.includes(messageClass))
    .map(({ data }) => data as Record<string, unknown>);

describe('whatever is wanted of a ticket, in whatever order', () => {
  const actors = fc.constantFrom<Actor>(
    { id: 'ann', role: 'SERVICE_SPECIALIST' },
    { id: 'uma', role: 'SUPERVISOR' },
    importer,
  );
  const always = (holds: (life: ReturnType<typeof lifeOf>, actor: Actor) => void) =>
    fc.assert(
      fc.property(wanted, actors, (asked, actor) => holds(lifeOf(asked, actor), actor)),
      { numRuns: 300 },
    );

  it('it has only the fields of the stage it is in', () => {
    const fields: Record<Ticket['stage'], string[]> = {
      ...{ unregistered: [], new: ['of'], working: ['of'], withdrawn: ['of', 'withdrawnAt'] },
      ...{ waiting: ['of', 'waitingSince'], solved: ['of', 'solvedAt'], confirmed: ['of', 'solvedAt'] },
      closed: ['closedAt', 'of', 'outcome'],
    };
    always(({ states }) => {
      for (const { stage, ...rest } of states) {
        const { solvedAt, archivedAt: _, ...others } = rest as { solvedAt?: string; archivedAt?: string };
        const own = stage === 'waiting' || solvedAt === undefined ? others : { ...others, solvedAt };
        expect(Object.keys(own).sort()).toEqual(fields[stage]);
      }
    });
  });
  it('nothing follows its archiving, and the manifest counts all that came before', () => {
    always(({ events: before, states }) => {
      const events = [...before, ...archived(states.at(-1)!)];
      const place = events.findIndex(({ messageClass }) => messageClass === e.TicketArchived);
      if (place < 0) return expect(states.at(-1)?.stage).toBe('withdrawn');
      expect(place).toBe(events.length - 1);
      const { manifest } = events[place]?.data as e.TicketArchived;
      expect(manifest.steps).toBe(named(events, e.ExecutionStepRecorded).length);
      expect(manifest.solutions).toBe(named(events, e.SolutionDelivered).length);
      expect(manifest.attachments).toHaveLength(named(events, e.TicketAttachmentAdded).length);
      expect(manifest.parts).toEqual(named(events, e.TicketPartSplitOff).map((part) => part['newTicketId']));
    });
  });
  it('every wait ends once, and not before it began', () => {
    always(({ events, states }) => {
      const waits = named(events, e.TicketWaitingForCustomer);
      const ends = named(events, e.TicketResumed);
      expect(waits.length - ends.length).toBe(states.at(-1)?.stage === 'waiting' ? 1 : 0);
      ends.forEach((end, n) => {
        expect(end['waitingSince']).toBe(waits[n]?.['waitingSince']);
        expect(String(end['resumedAt']) >= String(end['waitingSince'])).toBe(true);
      });
    });
  });
  it('rounds only grow, by one at a time, and nothing happens before it was raised', () => {
    always(({ events }) => {
      const rounds = events
        .map(({ data }) => (data as { round?: number }).round)
        .filter((round) => round !== undefined);
      rounds.reduce((before, round) => {
        expect(round - before === 0 || round - before === 1).toBe(true);
        return round;
      }, 1);
      for (const { at } of events) if (at !== undefined) expect(at >= iso(START)).toBe(true);
    });
  });
  it('it is over or open, and over only once until it is reopened', () => {
    always(({ events }) => {
      let over = false;
      for (const { messageClass } of events) {
        if (messageClass === e.TicketReopened) over = false;
        else
          expect([over, messageClass.name]).toEqual([messageClass === e.TicketArchived, messageClass.name]);
        if (messageClass === e.TicketClosed || messageClass === e.TicketWithdrawn) over = true;
      }
    });
  });
  it('people close it only after the customer’s word or a fortnight of silence', () => {
    always(({ events }, actor) => {
      if (actor === importer) return;
      events.forEach(({ messageClass, data }, n) => {
        if (messageClass !== e.TicketClosed) return;
        const before = events.slice(0, n);
        const word = before.findLastIndex((each) => each.messageClass === e.CustomerConfirmedSatisfied);
        const solution = before.findLastIndex((each) => each.messageClass === e.SolutionDelivered);
        const { outcome, closedAt } = data as e.TicketClosed;
        if (outcome === 'CONFIRMED') return expect(word).toBeGreaterThan(solution);
        const silence =
          Date.parse(closedAt) - Date.parse((before[solution]!.data as e.SolutionDelivered).deliveredAt);
        return expect([actor.role, silence >= 14 * 86_400_000]).toEqual(['SUPERVISOR', true]);
      });
    });
  });
  it('every event says whose it is and since when its clocks run', () => {
    always(({ events }) => {
      for (const { data } of events)
        expect(data).toMatchObject({ ...id, customerId: 'c-1', raisedAt: iso(START) });
    });
  });
});

describe('the log of a foreign help desk', () => {
  const deliver = (now: number) => c.DeliverSolution.of({ ...id, solution: 'x', deliveredAt: iso(now) });
  const step = (now: number) => wishes[3]!(now, now);
  const moves: Record<string, (now: number) => object> = {
    Active: step,
    Waiting: () => c.WaitForCustomer.of({ ...id, question: 'which?' }),
    Resolved: deliver,
    Reopened: () => c.ReopenTicket.of({ ...id, reason: 'source' }),
    Group: (now) => c.AssignLeadDepartment.of({ ...id, department: `d-${now}` }),
    Person: (now) => c.AssignTicketOwner.of({ ...id, ownerId: `p-${now}` }),
    Priority: (now) =>
      c.ChangeTicketUrgency.of({ ...id, priority: 1 + (Math.floor(now / 1000) % 4), reason: 'source' }),
    Closed: () => c.CloseUnconfirmed.of({ ...id, sourceVerdict: 'MISSED' }),
  };
  it.each([
    ['Resolved', 'Closed'],
    ['Closed'],
    ['Active', 'Closed'],
    ['Group', 'Active', 'Person', 'Waiting', 'Active', 'Resolved', 'Group', 'Person', 'Closed'],
    ['Resolved', 'Resolved', 'Active', 'Closed'],
    ['Resolved', 'Reopened', 'Active', 'Resolved', 'Priority', 'Closed', 'Reopened', 'Waiting', 'Closed'],
    ['Resolved', 'Reopened', 'Waiting', 'Resolved', 'Waiting', 'Closed'],
    ['Waiting', 'Resolved', 'Active', 'Waiting', 'Reopened', 'Resolved', 'Closed'],
  ])('is brought in as it is: %s %s %s …', (...log) => {
    let state = after(ticket.initial, decided(ticket.initial, register, START, importer));
    log.forEach((move, n) => {
      const now = START + (n + 1) * 1000;
      const events = decided(state, moves[move]!(now), now, importer);
      expect([move, events.length > 0]).toEqual([move, true]);
      state = after(state, events);
    });
    expect(state.stage).toBe('closed');
  });
});
