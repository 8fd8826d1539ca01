import { MemoryRowStore } from '@rapport/adapters/memory';
import type { NewEvent } from '@rapport/kernel';
import { inOrder, modelsOf } from '@rapport/kernel/spec';
import { ticketStory } from '../ticket.story';
import { complaintFigures, complaints } from './complaints.projection';
import { complaintsReport } from './complaints.question';

type Line = Readonly<Record<string, unknown>>;
interface Complaints {
  readonly total: Line;
  readonly byCause: readonly Line[];
  readonly byCategory: readonly Line[];
  readonly byLevel: readonly Line[];
  readonly byTier: readonly Line[];
  readonly byCauseLevelMonth: readonly Line[];
  readonly note: string;
}
const NOW = '2024-06-01T00:00:00.000Z';

const models = modelsOf(() => new MemoryRowStore(), [complaints, complaintFigures]);
const told = (...events: NewEvent[]) => models.told(...inOrder(events));

/** Within the histogram's error. */
const near = (hours: number) => expect.closeTo(hours, hours < 5 ? 1 : 0) as number;

describe('complaints', () => {
  const late = ticketStory('t-4', '2024-03-05T00:00:00.000Z', 'COMPLAINT');
  const grave = ticketStory('t-5', '2024-04-05T00:00:00.000Z', 'COMPLAINT');
  const events = [
    ...[
      late.registered,
      ...late.complaint(['LATE_DELIVERY', 'POOR_QUALITY'], 'ORDINARY'),
      late.answered(1),
      late.resolved(30),
    ],
    ...[grave.registered, ...grave.complaint(['LATE_DELIVERY'], 'MAJOR', 'HIGH_VALUE'), grave.answered(2)],
  ];
  it('with several causes count in each of them and once in the total', async () => {
    const { total, byCause, byCategory, byLevel, byTier, note, byCauseLevelMonth } = await (
      await told(...events)
    ).ask<Complaints>(complaintsReport, NOW);
    expect(total).toMatchObject({
      ...{
        complaints: 2,
        resolved: 1,
        answeredInTime: { n: 2, met: 1, share: 0.5 },
        resolvedInTime: { n: 1, met: 0, share: 0 },
      },
      ...{
        firstResponse: { n: 2, p50Hours: near(1), p90Hours: near(2) },
        resolution: { n: 1, p50Hours: near(30) },
      },
    });
    const counts = (lines: readonly Line[], column: string) =>
      lines.map((line) => [line[column], line.complaints]);
    expect(counts(byCause, 'cause')).toEqual([
      ['LATE_DELIVERY', 2],
      ['POOR_QUALITY', 1],
    ]);
    expect(counts(byCategory, 'category')).toEqual([
      ['PRODUCT', 1],
      ['SERVICE', 2],
    ]);
    expect(counts(byLevel, 'level')).toEqual([
      ['MAJOR', 1],
      ['ORDINARY', 1],
    ]);
    expect(counts(byTier, 'tier')).toEqual([
      ['HIGH_VALUE', 1],
      ['STANDARD', 1],
    ]);
    expect(byCauseLevelMonth.map(({ cause, level, month }) => [cause, level, month])).toEqual([
      ...[
        ['LATE_DELIVERY', 'MAJOR', '2024-04'],
        ['LATE_DELIVERY', 'ORDINARY', '2024-03'],
        ['POOR_QUALITY', 'ORDINARY', '2024-03'],
      ],
    ]);
    expect(note).toContain('counts in each');
  });
  it('as they stood at a moment of the past, of some months, of a level or tier', async () => {
    const { ask } = await told(...events);
    const total = async ({ asOf, ...params }: { readonly asOf?: string; readonly [more: string]: unknown }) =>
      (await ask<Complaints>(complaintsReport, NOW, params, asOf)).total;
    expect(await total({ asOf: '2024-03-05T12:00:00.000Z' })).toMatchObject({ complaints: 1, resolved: 0 });
    expect(await total({ asOf: '2024-03-06T06:00:00.000Z' })).toMatchObject({ complaints: 1, resolved: 1 });
    expect(await total({ asOf: '2024-03-04T23:59:59.999Z' })).toMatchObject({ complaints: 0 });
    expect(await total({ from: '2024-04' })).toMatchObject({ complaints: 1, resolved: 0 });
    expect(await total({ level: 'ORDINARY' })).toMatchObject({ complaints: 1, resolved: 1 });
    expect(await total({ tier: 'HIGH_VALUE' })).toMatchObject({ complaints: 1, resolved: 0 });
  });
});
