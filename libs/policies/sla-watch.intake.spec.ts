import { EvaluateSlaClocks } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { RESOLUTION_NODE, SlaFacts } from '@rapport/domain/values';
import { hydrate, type NewEvent } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';

const RAISED = '2024-03-11T02:00:00.000Z';
const hour = (n: number) => new Date(Date.parse(RAISED) + n * 3_600_000).toISOString();
const of = { ticketId: 't-1', customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED } as const;
const said = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'x',
  collectorId: 's',
} as const;
const registered = e.TicketRegistered.of({ ...of, ...said }, RAISED);

const facts = {
  ...{ customerId: 'c-1', urgency: 'ROUTINE', raisedAt: RAISED, isEnquiry: false, heard: 1 },
  ...{ classedAt: RAISED, classApproved: false, reached: [], promises: [] },
  opening: { start: 'RAISED', at: RAISED, heard: 1 },
} as const;
/** The clocks are looked at with this, as the so manieth thing that was heard. */
const look = (heard: number, more: object = {}) =>
  EvaluateSlaClocks.of({ ticketId: 't-1', facts: hydrate(SlaFacts, { ...facts, heard, ...more }) });
const { given } = reactionsOf(slaWatch);

describe('the clocks of a ticket as it was taken in are looked at', () => {
  const does = (event: NewEvent, more: object) => given(registered, event).then(look(2, more));

  it('with the phase of service, at once or when it is told later (R-11)', () => {
    const sold = { servicePhase: 'AFTER_SALE' } as const;
    given(e.TicketRegistered.of({ ...registered.data, ...sold }, RAISED)).then(look(1, sold));
    const settled = { to: 'SERVICE', isEnquiry: false, channel: 'PHONE', ...sold } as const;
    does(e.TicketClassified.of({ ...of, ...settled }, hour(1)), {
      ...{ type: 'SERVICE', classedAt: hour(1), ...sold },
    });
  });
  it('with the resolution node that the first response gives, as a time in writing (R-11)', () => {
    const answer = { direction: 'so', respondedAt: hour(1), resolutionDue: hour(48) };
    const promise = { commitmentId: RESOLUTION_NODE, moment: 'RESOLVE', dueAt: hour(48), heard: 3 };
    given(registered, e.FirstResponseRecorded.of({ ...of, ...answer }, hour(1))).then(
      look(3, {
        reached: [{ moment: 'FIRST_RESPONSE', at: hour(1), heard: 2 }],
        promises: [{ ...promise, inWriting: true, agreedInWriting: false }],
      }),
    );
  });
  it('without a green channel where nobody ranked it: a priority that was brought opens none (R-13, SYS-14.2)', () => {
    given(e.TicketRegistered.of({ ...registered.data, priority: 1 }, RAISED)).then(look(1, { priority: 1 }));
    const reopened = { reason: 'again', reopenedAt: hour(1), withinRecurrence: false, round: 2 };
    given(e.TicketReopened.of({ ...of, ...said, ...reopened, priority: 1 }, hour(1))).then(
      look(1, {
        ...{ priority: 1, classedAt: hour(1) },
        opening: { start: 'DISSATISFIED', at: hour(1), heard: 1 },
      }),
    );
    const weighed = { from: 'ROUTINE', to: 'ROUTINE', toPriority: 1, reason: 'x' } as const;
    does(e.TicketUrgencyChanged.of({ ...of, ...weighed, priority: 1 }, hour(1)), {
      ...{ priority: 1, classedAt: hour(1), classApproved: false },
    });
  });
});
