import { hydrate } from '@rapport/kernel';
import fc from 'fast-check';
import * as c from './ticket.deviation.commands';
import * as e from './ticket.deviation.events';
import {
  acceptPhase,
  answer,
  assess,
  CUSTOMER,
  declare,
  id,
  issue,
  items,
  milestone,
  plan,
  register,
  rejectPhase,
  shanghai,
  sort,
} from './ticket.deviation.story';
import { AcceptancePhase, MatrixEntry, type ItemClass } from './ticket.deviation.values';
import { TicketStory } from './ticket.story';

const NOW = shanghai('03-13', '18:00');
const started = (...commands: object[]) => {
  const story = new TicketStory(CUSTOMER);
  for (const command of [register, plan, ...commands]) story.when(NOW, command);
  return story;
};
const entry = fc.record({ item: fc.nat(5), itemClass: fc.constantFrom<ItemClass[]>('CORE', 'ADDITIONAL') });

describe('the matrix', () => {
  it('is taken exactly when it parts the items: each once, in one class, and some of them core', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(entry, { maxLength: 6 }), (n, some) => {
        const story = started(declare(n, 'TECHNICAL', 'SALES'));
        const entries = some.map(({ item, itemClass }) =>
          hydrate(MatrixEntry, { itemId: `item-${item + 1}`, itemClass, urgent: true, important: false }),
        );
        const ids = entries.map(({ itemId }) => itemId);
        const wanted = items(n).map(({ itemId }) => itemId);
        const isPartition =
          [...ids].sort().join() === [...wanted].sort().join() &&
          entries.some(({ itemClass }) => itemClass === 'CORE');
        const happened = story.names(NOW, c.RecordRequirementMatrix.of({ ...id, entries }));
        expect([happened, isPartition]).toEqual([
          isPartition ? ['RequirementMatrixRecorded'] : expect.any(String),
          isPartition,
        ]);
        for (const { coreItems, additionalItems } of story.all(e.RequirementMatrixRecorded))
          expect(coreItems + additionalItems).toBe(n);
      }),
      { numRuns: 500 },
    );
  });
  it('lets a plan be issued exactly when all that is core has been assessed', () => {
    const some = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(some, some, fc.uniqueArray(fc.nat(4)), (n, core, assessed) => {
        const story = started(declare(n, 'TECHNICAL', 'SALES'), sort(n, Math.min(core, n)));
        for (const item of assessed) story.names(NOW, assess(`item-${item + 1}`));
        const isKnown = Array.from({ length: Math.min(core, n) }, (_, at) => at).every((at) =>
          assessed.includes(at),
        );
        expect(story.names(NOW, issue())).toEqual(isKnown ? ['RevisedPlanIssued'] : 'FEASIBILITY_REQUIRED');
      }),
    );
  });
});

describe('phases', () => {
  const due = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();
  const phases = (n: number) =>
    Array.from({ length: n }, (_, at) =>
      hydrate(AcceptancePhase, {
        ...{ name: `phase ${at + 1}`, itemClass: 'CORE', dueAt: due(at + 1), criteria: ['works'] },
      }),
    );
  const wish = fc.record({ accepts: fc.boolean(), phase: fc.integer({ min: 1, max: 6 }) });

  it('are accepted in their order, each once, whatever is wanted; and each keeps its own promise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(wish, { maxLength: 25 }), (n, wishes) => {
        const milestones = [milestone('api', NOW, due(9))];
        const story = started(declare(1, 'TECHNICAL', 'SALES'), sort(1, 1), assess('item-1'));
        story.when(NOW, issue({ milestones, phases: phases(n) }));
        story.when(NOW, answer(true));
        for (const { accepts, phase } of wishes)
          story.names(NOW, accepts ? acceptPhase(phase) : rejectPhase(phase));
        const accepted = story.all(e.PhaseAccepted);
        expect(accepted.map(({ phase }) => phase)).toEqual(accepted.map((_, at) => at + 1));
        expect(accepted.filter(({ last }) => last)).toHaveLength(accepted.length === n ? 1 : 0);
        const [{ dates }] = story.all(e.RevisedPlanAccepted) as [e.RevisedPlanAccepted];
        expect(accepted.map(({ commitmentId }) => commitmentId)).toEqual(
          dates.slice(0, accepted.length).map(({ commitmentId }) => commitmentId),
        );
      }),
      { numRuns: 300 },
    );
  });
});
