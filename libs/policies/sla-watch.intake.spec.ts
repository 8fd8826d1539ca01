import * as e from '@rapport/domain/events';
import { RESOLUTION_NODE } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';
import { RAISED, hour, of, registered, said, look } from './sla-watch.story';

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
