import { OpenGreenChannel } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import type { ComplaintLevel } from '@rapport/domain/values';
import { recorded, reactionsOf } from '@rapport/kernel/spec';
import { reactionTo } from '@rapport/kernel';
import { whenComplaintMajorThenOpenGreenChannel } from './when-complaint-major-then-open-green-channel.policy';

const { given } = reactionsOf(whenComplaintMajorThenOpenGreenChannel);
const of = { ticketId: 't-1', customerId: 'c-1', raisedAt: '2024-03-18T01:15:00.000Z' } as const;
const graded = (level: ComplaintLevel) =>
  e.ComplaintGraded.of({
    ...{ ...of, level, causes: ['SYSTEM_OUTAGE'], codes: [], reasons: [], ruleVersion: 1, recurrence: false },
    findings: { businessInterrupted: true, dataLeak: false, publicThreat: false, safety: false },
    ...{ priorityCustomer: true, tier: 'STANDARD' },
  });
const raised = (to: ComplaintLevel) =>
  e.ComplaintLevelRaised.of({ ...of, causes: ['OTHER'], from: 'ORDINARY', to, because: 'a journalist' });
const open = OpenGreenChannel.of({ ticketId: 't-1', cause: 'MAJOR_COMPLAINT' });

describe('a major complaint (R-12, SYS-24.1)', () => {
  it('opens the green channel, graded or raised so', () => {
    given(graded('MAJOR')).then(open);
    given(raised('MAJOR')).then(open);
  });
  it('and nothing less does', () => {
    given(graded('SERIOUS')).then();
    given(raised('SERIOUS')).then();
  });
  it('that was imported is history', () => {
    const event = recorded(graded('MAJOR'), 0);
    const imported = { ...event, meta: { ...event.meta, actorRole: 'MIGRATION' } };
    expect(reactionTo(whenComplaintMajorThenOpenGreenChannel, null, 't-1', imported).send).toEqual([]);
  });
});
