import * as e from '@rapport/domain/events';
import type { CommitmentKind, SlaMoment } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';
import { RAISED, hour, of, registered, look } from './sla-watch.story';

const { given } = reactionsOf(slaWatch);

describe('the clocks of a ticket are looked at', () => {
  const does = (event: NewEvent, more: object) => given(registered, event).then(look(2, more));

  it('when a time to solve it is promised, agreed or taken back (2.4)', () => {
    const kind = 'RESOLUTION_TIME' as const;
    const promise = {
      commitmentId: 'k-1',
      customerId: 'c-1',
      ticketId: 't-1',
      kind,
      makerId: 'ann',
      madeAt: RAISED,
    };
    const made = (more: object = {}) =>
      e.CommitmentMade.of({ ...promise, dueAt: hour(50), text: 'x', channel: 'PHONE', ...more });
    const promised = (heard: number, agreedInWriting: boolean, inWriting = true) => ({
      promises: [
        { commitmentId: 'k-1', moment: 'RESOLVE', dueAt: hour(50), inWriting, agreedInWriting, heard },
      ],
    });
    does(made(), promised(2, false));
    does(made({ writtenBy: hour(4) }), promised(2, false, false));
    const written = { writtenId: 'mail-1', confirmedAt: hour(1), writtenBy: hour(4), dueAt: hour(50) };
    const confirmed = e.CommitmentConfirmedInWriting.of({ ...promise, ...written });
    given(registered, made({ writtenBy: hour(4) }), confirmed).then(look(3, promised(3, true)));
    const withdrawn = e.CommitmentWithdrawn.of({
      ...promise,
      dueAt: hour(50),
      reason: 'x',
      withdrawnAt: hour(2),
    });
    given(registered, made(), withdrawn).then(look(3));
    given(registered, made({ kind: 'DELIVERY' })).then();
    const { ticketId: _, ...general } = promise;
    given(
      registered,
      e.CommitmentMade.of({ ...general, dueAt: hour(50), text: 'x', channel: 'PHONE' }),
    ).then();
  });
});

describe('another date is agreed (2.4)', () => {
  it('and moves clocks when it is in writing, not before', () => {
    const ids = { commitmentId: 'k-1', customerId: 'c-1', ticketId: 't-1', makerId: 'ann' } as const;
    const promise = { ...ids, kind: 'RESOLUTION_TIME', madeAt: RAISED } as const;
    const words = { text: 'x', channel: 'PHONE', writtenId: 'mail-1' } as const;
    const made = e.CommitmentMade.of({ ...promise, ...words, dueAt: hour(50) });
    const moved = { ...promise, dueAt: hour(90), from: hour(50), to: hour(90), agreementId: 'call-1' };
    const only = e.CommitmentRescheduled.of({ ...moved, rescheduledAt: hour(3), writtenBy: hour(7) });
    given(registered, made, only).then();
    const agreed = { commitmentId: 'k-1', moment: 'RESOLVE', dueAt: hour(90) } as const;
    const promises = (heard: number) => [{ ...agreed, inWriting: true, agreedInWriting: true, heard }];
    const mail = e.CommitmentRescheduled.of({ ...moved, rescheduledAt: hour(3), writtenId: 'mail-2' });
    given(registered, made, mail).then(look(3, { promises: promises(3) }));
    const written = { writtenId: 'mail-2', confirmedAt: hour(4), writtenBy: hour(7) };
    const confirmed = e.CommitmentConfirmedInWriting.of({ ...promise, dueAt: hour(90), ...written });
    given(registered, made, only, confirmed).then(look(3, { promises: promises(3) }));
  });
});

describe('another moment is promised: the one that is named, or the one of the kind (2.4)', () => {
  const promise = {
    ...{ commitmentId: 'k-1', customerId: 'c-1', ticketId: 't-1', makerId: 'ann', madeAt: RAISED },
    ...({ dueAt: hour(20), text: 'x', channel: 'PHONE' } as const),
  };
  const made = (kind: CommitmentKind, more: object = {}) =>
    e.CommitmentMade.of({ ...promise, kind, ...more });
  const promised = (moment: SlaMoment, heard: number, more: object = {}) => ({
    ...{ commitmentId: 'k-1', moment, dueAt: hour(20), inWriting: true, agreedInWriting: false, heard },
    ...more,
  });
  const answered = e.FirstResponseRecorded.of({ ...of, direction: 'so', respondedAt: hour(1) }, hour(1));
  const planned = e.PlanPresented.of({ ...of, options: [], presentedAt: hour(2), round: 1 }, hour(2));
  const answer = { moment: 'FIRST_RESPONSE', at: hour(1), heard: 2 } as const;
  const plan = { moment: 'PLAN', at: hour(2), heard: 3 } as const;

  it('by a time of feedback the first response, once it was given the plan, and after that nothing', () => {
    const feedback = made('FEEDBACK_TIME');
    given(registered, feedback).then(look(2, { promises: [promised('FIRST_RESPONSE', 2)] }));
    given(registered, answered, feedback).then(
      look(3, { reached: [answer], promises: [promised('PLAN', 3)] }),
    );
    given(registered, answered, planned, feedback).then();
  });
  it('in a later round the first response of that round, after a deviation the revised plan', () => {
    const again = e.SecondCommunicationStarted.of({ ...of, startedAt: hour(9), round: 2 }, hour(9));
    const opening = { start: 'DISSATISFIED', at: hour(9), heard: 4 };
    given(registered, answered, planned, again, made('FEEDBACK_TIME')).then(
      look(5, { opening, reached: [answer, plan], promises: [promised('FIRST_RESPONSE', 5)] }),
    );
    const about = { ...of, deviation: 1, agreed: [], planDueAt: hour(57) };
    const people = { items: [], taskForce: [], leaderId: 'pm1' };
    const declared = e.RequirementDeviationDeclared.of({ ...about, ...people, declaredAt: hour(9) }, hour(9));
    const deviation = { start: 'DEVIATION_DECLARED', at: hour(9), heard: 4 };
    given(registered, answered, planned, declared, made('FEEDBACK_TIME')).then(
      look(5, { deviation, reached: [answer, plan], promises: [promised('PLAN', 5)] }),
    );
  });
  it('what it was about at first it is about when it is agreed in writing', () => {
    const { text: _, channel: __, ...facts } = promise;
    const confirmed = e.CommitmentConfirmedInWriting.of({
      ...{ ...facts, kind: 'FEEDBACK_TIME', writtenId: 'mail-1', confirmedAt: hour(2), writtenBy: hour(4) },
    });
    given(registered, made('FEEDBACK_TIME', { writtenBy: hour(4) }), answered, confirmed).then(
      look(4, {
        reached: [{ ...answer, heard: 3 }],
        promises: [promised('FIRST_RESPONSE', 4, { agreedInWriting: true })],
      }),
    );
  });
  it('by a delivery or a compensation none, unless it is named', () => {
    given(registered, made('DELIVERY')).then();
    given(registered, made('COMPENSATION')).then();
    given(registered, made('DELIVERY', { moment: 'RESOLVE' })).then(
      look(2, { promises: [promised('RESOLVE', 2)] }),
    );
    given(registered, made('RESOLUTION_TIME', { moment: 'PLAN' })).then(
      look(2, { promises: [promised('PLAN', 2)] }),
    );
  });
});
