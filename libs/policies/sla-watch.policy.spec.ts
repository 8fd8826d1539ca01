import * as e from '@rapport/domain/events';
import type { NewEvent } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';
import { RAISED, hour, of, registered, look } from './sla-watch.story';

const { given } = reactionsOf(slaWatch);

describe('the clocks of a ticket are looked at', () => {
  const does = (event: NewEvent, more: object) => given(registered, event).then(look(2, more));

  it('when it is raised, with what is known of it', () => {
    given(registered).then(look(1));
    const urgent = e.TicketRegistered.of({ ...registered.data, type: 'SERVICE', priority: 3 }, RAISED);
    given(urgent).then(look(1, { type: 'SERVICE', priority: 3 }));
  });

  it('when the need departs from the plan, and when the revised plan is issued (R-15)', () => {
    const about = { ...of, deviation: 1, agreed: [], planDueAt: hour(50) };
    const people = { items: [], taskForce: [], leaderId: 'pm1' };
    const declared = e.RequirementDeviationDeclared.of({ ...about, ...people, declaredAt: hour(2) }, hour(2));
    const deviation = { start: 'DEVIATION_DECLARED', at: hour(2), heard: 2 };
    given(registered, declared).then(look(2, { deviation }));
    const plan = { plan: 1, milestones: [], phases: [], issuedById: 'pm1', issuedAt: hour(3) };
    given(registered, declared, e.RevisedPlanIssued.of({ ...about, ...plan, evidenceId: 'mail-1' })).then(
      look(3, { deviation, reached: [{ moment: 'PLAN', at: hour(3), evidenceId: 'mail-1', heard: 3 }] }),
    );
  });
  it('when a moment is reached, with the time of its entry and what proves it', () => {
    const at = hour(1);
    does(e.TicketAcknowledged.of({ ...of, acknowledgedAt: at }, at), {
      reached: [{ moment: 'ACKNOWLEDGE', at, heard: 2 }],
    });
    const answer = { direction: 'so', respondedAt: at, evidenceId: 'call-1', notedAt: hour(2) };
    does(e.FirstResponseRecorded.of({ ...of, ...answer }, at), {
      reached: [{ moment: 'FIRST_RESPONSE', at, notedAt: hour(2), evidenceId: 'call-1', heard: 2 }],
    });
    does(e.PlanPresented.of({ ...of, options: [], presentedAt: at, round: 1 }, at), {
      reached: [{ moment: 'PLAN', at, heard: 2 }],
    });
    const solution = e.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: at, round: 1 }, at);
    does(solution, { reached: [{ moment: 'RESOLVE', at, heard: 2 }] });
    const closed = e.TicketClosed.of({ ...of, outcome: 'UNCONFIRMED', closedAt: hour(9), round: 1 });
    does(closed, { reached: [{ moment: 'RESOLVE', at: hour(9), heard: 2 }] });
    given(registered, solution, closed).then(look(3, { reached: [{ moment: 'RESOLVE', at, heard: 2 }] }));
  });

  it('not proven by the interaction that every answer names (SYS-16.4)', () => {
    const answer = { direction: 'so', respondedAt: hour(1), interactionId: 'mail-1', notedAt: hour(2) };
    does(e.FirstResponseRecorded.of({ ...of, ...answer }, hour(1)), {
      reached: [{ moment: 'FIRST_RESPONSE', at: hour(1), notedAt: hour(2), heard: 2 }],
    });
  });

  it('not for the receipt of a machine (SYS-21.4)', () => {
    given(registered, e.TicketAcknowledged.of({ ...of, acknowledgedAt: RAISED, automatic: true })).then();
  });

  it('and the reply to a plain question is its answer (C-03)', () => {
    const enquiry = e.TicketRegistered.of({ ...registered.data, isEnquiry: true }, RAISED);
    const answer = e.FirstResponseRecorded.of({ ...of, direction: 'so', respondedAt: hour(1) });
    given(enquiry, answer).then(
      look(2, { isEnquiry: true, reached: [{ moment: 'PLAN', at: hour(1), heard: 2 }] }),
    );
  });

  it('when it gets another class, since then, approved by whoever may', () => {
    const change = { ...of, urgency: 'URGENT', from: 'ROUTINE', to: 'URGENT', reason: 'x' } as const;
    const changed = e.TicketUrgencyChanged.of(change, hour(2));
    does(changed, { urgency: 'URGENT', classedAt: hour(2) });
    const type = { type: 'COMPLAINT', to: 'COMPLAINT', isEnquiry: false, channel: 'PHONE' } as const;
    does(e.TicketClassified.of({ ...of, ...type }, hour(2)), { type: 'COMPLAINT', classedAt: hour(2) });
    const of0 = recorded(registered, 0);
    const of1 = recorded(changed, 1);
    const bySupervisor = { ...of1, meta: { ...of1.meta, actorRole: 'SUPERVISOR' } };
    const rows = [of0, bySupervisor].reduce<object | null>(
      (row, event) => ({
        ...row,
        ...slaWatch.on[event.type]?.({ key: 't-1', facts: null, wakeAt: null, ...row }, event.data, event)
          ?.remember,
      }),
      null,
    );
    expect(rows).toMatchObject({ facts: { classApproved: true } });
  });

  it('as they were before, when it gets another class after a moment at which nobody was there (2.4)', () => {
    const change = { ...of, urgency: 'URGENT', from: 'ROUTINE', to: 'URGENT', reason: 'x' } as const;
    const changed = e.TicketUrgencyChanged.of(change, hour(5));
    const anew = look(2, { urgency: 'URGENT', classedAt: hour(5) });
    given(registered, started(hour(4)), changed).then(look(1), anew);
    given(registered, started(hour(6)), changed).then(anew);
  });

  const complaint = { ...of, causes: ['OTHER'] as const };
  it('when a complaint is graded; a major one opens the green channel (R-12)', () => {
    const grade = {
      ...{ findings: { businessInterrupted: true, dataLeak: false, publicThreat: false, safety: false } },
      ...{
        codes: [],
        reasons: [],
        ruleVersion: 1,
        recurrence: false,
        priorityCustomer: false,
        tier: 'STANDARD' as const,
      },
    } as const;
    does(e.ComplaintGraded.of({ ...complaint, ...grade, level: 'MAJOR' }, hour(1)), {
      ...{ complaintLevel: 'MAJOR', classedAt: hour(1), greenChannelAt: hour(1) },
    });
    const eased = { ...grade, level: 'ORDINARY', from: 'SERIOUS', approverId: 'uma' } as const;
    does(e.ComplaintGraded.of({ ...complaint, ...eased }, hour(1)), {
      ...{ complaintLevel: 'ORDINARY', classedAt: hour(1), classApproved: true },
    });
  });

  it('when an ordinary complaint rises (2.4)', () => {
    const raised = e.ComplaintLevelRaised.of(
      { ...complaint, from: 'ORDINARY', to: 'SERIOUS', because: 'x' },
      hour(24),
    );
    does(raised, {
      ...{ complaintLevel: 'SERIOUS', classedAt: hour(24) },
      rise: { start: 'RISEN', at: hour(24), heard: 2 },
    });
  });

  it('when another round begins (SLA-2ND)', () => {
    const opening = (at: string) => ({ opening: { start: 'DISSATISFIED', at, heard: 2 } });
    does(
      e.SecondCommunicationStarted.of({ ...of, startedAt: hour(30), round: 2 }, hour(30)),
      opening(hour(30)),
    );
    const again = { reason: 'x', reopenedAt: hour(40), withinRecurrence: true, round: 2 };
    const reopened = e.TicketReopened.of({ ...of, ...again, isEnquiry: false, channel: 'PHONE' }, hour(40));
    does(reopened, opening(hour(40)));
    given(reopened).then(
      look(1, { classedAt: hour(40), opening: { start: 'DISSATISFIED', at: hour(40), heard: 1 } }),
    );
  });

  it('once more when it is withdrawn, and never again', () => {
    const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'x', withdrawnAt: hour(5) }, hour(5));
    does(withdrawn, { withdrawnAt: hour(5) });
    given(registered, started(hour(20)), withdrawn).waitsNoMore('t-1');
  });

  it('not when it was brought by an import: its deadlines were those of its source', () => {
    const event = recorded(registered, 0);
    const imported = { ...event, meta: { ...event.meta, actorRole: 'MIGRATION' } };
    expect(
      slaWatch.on['TicketRegistered']?.({ key: 't-1', facts: null, wakeAt: null }, imported.data, imported),
    ).toBeUndefined();
  });
});

const started = (wakeAt?: string) => {
  const winner = {
    ...{
      rule: 'SLA-ANY',
      startEvent: 'RAISED' as const,
      start: RAISED,
      tier: 'STANDARD' as const,
      due: hour(24),
    },
    within: { kind: 'CONTINUOUS' as const, minutes: 1_440 },
  };
  const times = {
    dueAt: hour(24),
    warnAt: hour(20),
    departmentHeadAt: hour(36),
    seniorManagementAt: hour(48),
  };
  const law = { policyId: 'default', policyVersion: 1, calendarId: 'default', calendarVersion: 1 };
  return e.SlaClockStarted.of({
    ...{ ...of, moment: 'FIRST_RESPONSE', round: 1, isEnquiry: false, startAt: RAISED, heard: 1 },
    ...{ opener: 'RAISED', openedAt: RAISED, openedHeard: 1, winner, losers: [], tier: 'STANDARD' },
    ...{ ...times, ...law, priorityCustomer: false, ...(wakeAt !== undefined && { wakeAt }) },
  });
};

describe('the clocks of a ticket wake', () => {
  it('at the moment that they name themselves, and no more when they name none', () => {
    given(registered, started(hour(20))).waits('t-1', hour(20), look(1));
    given(registered, started(hour(20)), started()).waitsNoMore('t-1');
  });

  it('with what is known then: whose work it is, and whatever else was heard meanwhile', () => {
    const owner = e.TicketOwnerAssigned.of({ ...of, to: 'ann', reassignment: false });
    given(registered, started(hour(20)), owner).waits('t-1', hour(20), look(2, { ownerId: 'ann' }));
    given(registered, started(hour(20)), owner).then();
    const lead = e.LeadDepartmentAssigned.of({ ...of, to: 'RND', reassignment: false });
    given(registered, lead, started(hour(20))).waits('t-1', hour(20), look(2, { department: 'RND' }));
    given(started(hour(20))).waitsNoMore('t-1');
  });

  it('and are forgotten when the ticket is archived', () => {
    const manifest = {
      ...{ steps: 0, plans: 0, solutions: 0, rounds: 1, attachments: [], complaint: false, parts: [] },
    };
    const archived = { archivedAt: hour(99), closedAt: hour(98), outcome: 'CONFIRMED', manifest } as const;
    given(registered, started(hour(20)), e.TicketArchived.of({ ...of, ...archived })).waitsNoMore('t-1');
  });
});
