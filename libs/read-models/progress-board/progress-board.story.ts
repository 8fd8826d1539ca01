import * as e from '@rapport/domain/events';
import { ForceMember } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { hour, RAISED, ticketStory } from '../clocks.story';

/** The words of the specs about the board: what makes a ticket pressing, and who works on it. */
export const t = ticketStory();
export const FR = 'FIRST_RESPONSE';
const scores = { impact: 1, returnOnCost: 1, customerValue: 1, feasibility: 1 };
export const ranked = (of: object, quadrant: 'Q1' | 'Q3') =>
  e.TicketPrioritised.of({
    ...t.of,
    ...of,
    ...{
      priority: Number(quadrant[1]),
      quadrant,
      level: Number(quadrant[1]),
      urgent: true,
      important: false,
    },
    ...{ scores, score: 1, handling: 'START_AT_ONCE', emergency: true, prioritisedAt: hour(1) },
  });
export const raised = (of: object, to: 'SERIOUS' | 'MAJOR') =>
  e.ComplaintLevelRaised.of({
    ...{ ticketId: 't-1', customerId: 'c-1', raisedAt: RAISED, ...of },
    ...{ causes: ['OTHER'], from: 'ORDINARY', to, because: 'x' },
  });
export const green = (of: object) =>
  e.GreenChannelOpened.of({ ...t.of, ...of, cause: 'BY_HAND', openedAt: hour(1), planBy: hour(3) });
export const formed = (of: object, ...people: string[]) =>
  e.TaskForceFormed.of({
    ...{ ...t.of, ...of, purpose: 'GREEN_CHANNEL', leaderId: people[0] ?? '', leaderRole: 'OWNER' },
    ...{ departments: ['RND'], formedAt: hour(1) },
    members: people.map((staffId) => hydrate(ForceMember, { staffId, department: 'RND' })),
  });
export const capacity = (staffId: string, to: number) =>
  e.CapacitySet.of({ staffId, to, department: 'RND', setById: 'uma', setAt: hour(1) });
