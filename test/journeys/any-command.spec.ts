import fc from 'fast-check';
import { aggregates } from '@rapport/domain';
import * as commands from '@rapport/domain/commands';
import { evolve, fieldsOf, type Class, type Rules } from '@rapport/kernel';
import { INTERNAL } from '../../apps/cli/systems';
import { anyOf } from '../support/any-command';
import { PlayedTicket } from '../support/played-ticket';

const START = '2024-03-01T01:00:00.000Z';
const HOUR_MS = 3_600_000;
const ACTORS = (
  [
    'SERVICE_SPECIALIST',
    'SUPERVISOR',
    'DEPARTMENT_HEAD',
    'SENIOR_MANAGEMENT',
    'CRM_MANAGER',
    'ACCOUNT_MANAGER',
  ] as const
).map((role, n) => ({ id: ['ann', 'uma', 'hua', 'eve', 'mia', 'max'][n]!, role }));

/** What people and services may want; what the house tells itself is left to its policies. */
const classes = (Object.values(commands) as readonly Class[]).filter(({ name }) => !INTERNAL.has(name));
const parts = new Map<string, Class>();
const collect = (of: Class): void => {
  for (const { part } of fieldsOf(of))
    if (part && !parts.has(part.name)) {
      parts.set(part.name, part);
      collect(part);
    }
};
classes.forEach(collect);

const step = fc.record({
  command: fc.oneof(...classes.map((of) => anyOf(of, parts))),
  actor: fc.constantFrom(...ACTORS),
  passesMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 * HOUR_MS })),
});
type Life = readonly { command: object | null; actor: (typeof ACTORS)[number]; passesMs: number }[];

const known = {
  customer: commands.RegisterCustomer.of({ customerId: 'c-1', name: 'A', industry: 'B', source: 'OTHER' }),
  ticket: (ticketId: string) =>
    commands.RegisterTicket.of({
      ...{ ticketId, customerId: 'c-1', type: 'SERVICE', urgency: 'IMPORTANT', channel: 'PHONE' },
      ...{ verbatim: 'x', collectorId: 'ann', raisedAt: START },
    }),
};
const happened = new Set<string>();
const refusals = new Set<string>();

const lived = async (life: Life): Promise<PlayedTicket> => {
  const world = new PlayedTicket(START);
  for (const command of [known.customer, known.ticket('t-1'), known.ticket('t-2')])
    await world.send(command, ACTORS[0]);
  await world.settle();
  for (const { command, actor, passesMs } of life) {
    world.now = new Date(Date.parse(world.now) + passesMs).toISOString();
    await world.settle();
    const code = command && (await world.send(command, actor));
    if (code) refusals.add(code);
    await world.settle();
  }
  return world;
};

/** Whatever is wanted of tickets, complaints, promises, clocks and all the rest: refused by name, or done. */
describe('any well-formed command at any time', () => {
  it('is carried out or refused; nothing else is thrown, and every stream can be told again', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (life) => {
        const world = await lived(life);
        const streams = new Map<string, { readonly of: Rules; readonly id: string; state: unknown }>();
        for (const event of await world.store.readAll(0 as never, 5_000)) {
          happened.add(event.type);
          const of = aggregates.find(({ name }) => event.stream.startsWith(`${name}-`));
          if (!of) continue;
          const id = event.stream.slice(of.name.length + 1);
          const stream = streams.get(event.stream) ?? { of, id, state: of.initial as unknown };
          stream.state = evolve(of, stream.state, event);
          streams.set(event.stream, stream);
        }
        for (const { of, id, state } of streams.values()) expect(await world.stateOf(of, id)).toEqual(state);
      }),
      { numRuns: 120 },
    ));
  it('and meets dozens of events and refusals on its way', () => {
    expect(happened.size).toBeGreaterThan(50);
    expect(refusals.size).toBeGreaterThan(70);
  });
});
