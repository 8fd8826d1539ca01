import { MemoryRowStore } from '@rapport/adapters/memory';
import type { TicketType } from '@rapport/domain/values';
import { groupsOf, type NewEvent, type Projection, type Row } from '@rapport/kernel';
import { inOrder, modelsOf } from '@rapport/kernel/spec';
import fc from 'fast-check';
import { complaintFigures, complaints } from './complaints/complaints.projection';
import { ticketBacklog, ticketQueue } from './ticket-queue/ticket-queue.projection';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness/ticket-timeliness.projection';
import { ticketStory } from './ticket.story';

const KEPT = [
  { model: ticketQueue as Projection, figures: ticketBacklog },
  { model: ticketTimeliness as Projection, figures: timelinessFigures },
  { model: complaints as Projection, figures: complaintFigures },
];
const byKey = (groups: readonly Row[]) => [...groups].sort((one, other) => (one.key < other.key ? -1 : 1));

const models = modelsOf(
  () => new MemoryRowStore(),
  ...KEPT.map(({ model, figures }) => [model, figures] as const),
);

describe('whatever happened', () => {
  interface Story {
    readonly type: TicketType;
    readonly day: number;
    readonly moves: readonly { readonly move: number; readonly hours: number }[];
  }
  const anyTicket: fc.Arbitrary<Story> = fc.record({
    type: fc.constantFrom<TicketType>('SERVICE', 'COMPLAINT'),
    day: fc.integer({ min: 1, max: 28 }),
    moves: fc.array(fc.record({ move: fc.nat(6), hours: fc.integer({ min: 0, max: 200 }) }), {
      maxLength: 12,
    }),
  });
  const story = ({ type, day, moves }: Story, n: number): NewEvent[] => {
    const it = ticketStory(`t-${n}`, `2024-03-${String(day).padStart(2, '0')}T00:00:00.000Z`, type);
    let hour = 0;
    const told = moves.map(({ move, hours }) => {
      hour += hours;
      const kinds = [it.active, it.answered, it.resolved, it.reopened] as const;
      if (move === 4) return it.weighed(hour, 1 + (hours % 4));
      if (move === 5) return it.closed(hour, 'MET');
      return move === 6 ? it.led(hour, `d-${hours % 3}`, true) : kinds[move as 0](hour);
    });
    return [it.registered, ...(type === 'COMPLAINT' ? it.complaint(['OTHER'], 'ORDINARY') : []), ...told];
  };
  it('the figures that are kept equal those counted from the rows, and no time is negative', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTicket, { maxLength: 6 }), async (tickets) => {
        const { rows } = await models.told(...inOrder(tickets.flatMap(story)));
        for (const { model, figures } of KEPT) {
          const all = await rows.find(model.table, { limit: 1_000 });
          expect(byKey(await rows.find(figures.table, { limit: 1_000 }))).toEqual(
            byKey(groupsOf(figures, all)),
          );
          const times = all.flatMap((row) => Object.values(figures.contribution(row)?.durations ?? {}));
          expect(times.filter((ms) => ms !== null && ms < 0)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
