import fc from 'fast-check';
import { RegisterCustomer } from '@rapport/domain/commands';
import { refuse, START, type CommandResult, type Envelope } from '@rapport/kernel';
import type { Wanted } from './import';
import { MemoryJournal } from './journal';
import { replay, WINDOW_HOURS, type Target } from './replay';

const HOUR_MS = 3_600_000;
const BEGIN = Date.parse('2024-01-01T00:00:00.000Z');
const at = (hours: number): string => new Date(BEGIN + hours * HOUR_MS).toISOString();
const wanted = (hours: number, seed: string, lane = seed): Wanted => ({
  ...{ at: at(hours), seed, lane },
  command: RegisterCustomer.of({ customerId: seed, name: seed, industry: 'x', source: 'IMPORT' }),
});

/** A small world: every command is remembered by its id and sets a timer some hours later, as a policy would. */
class World implements Target {
  readonly told: { readonly what: 'command' | 'timer'; readonly at: string; readonly id: string }[] = [];
  readonly envelopes: Envelope[] = [];
  private readonly known = new Set<string>();
  private due: string[] = [];
  private asked: string[] = [];
  /** Breaks after so many commands, as a killed process does. */
  breaksAfter = Number.POSITIVE_INFINITY;

  constructor(
    private readonly timerAfterHours: number,
    private readonly answer: (id: string) => 'stored' | 'nothing' | 'refused' = () => 'stored',
  ) {}

  async execute(command: object, envelope: Envelope): Promise<CommandResult> {
    await Promise.resolve();
    const id = (command as RegisterCustomer).customerId;
    const result = { position: START, revision: 0, events: ['e'], repeated: false };
    if (this.known.has(envelope.commandId)) return { ...result, repeated: true };
    if (this.breaksAfter-- <= 0) throw new Error('killed');
    const answer = this.answer(id);
    this.told.push({ what: 'command', at: envelope.now, id });
    this.envelopes.push(envelope);
    if (answer === 'refused') refuse('NOT_SO', 'it is not so');
    if (answer === 'nothing') return { ...result, events: [] };
    this.known.add(envelope.commandId);
    this.asked.push(new Date(Date.parse(envelope.now) + this.timerAfterHours * HOUR_MS).toISOString());
    return result;
  }
  /** What policies want becomes known only here. */
  async settle(): Promise<void> {
    this.due = [...this.due, ...this.asked].sort();
    this.asked = [];
  }
  readonly timers = {
    fire: async (now: string): Promise<number> => {
      const fired = this.due.filter((each) => each <= now);
      this.due = this.due.filter((each) => each > now);
      for (const each of fired) this.told.push({ what: 'timer', at: each, id: 'timer' });
      return fired.length;
    },
    next: async (): Promise<string | null> => this.due[0] ?? null,
  };
  get times(): readonly string[] {
    return this.told.map((one) => one.at);
  }
}
const how = () => ({ dataset: 'test', journal: new MemoryJournal() });

describe('a replay', () => {
  it('carries out commands at their own times, by whom the data says, under ids that follow from their seeds', async () => {
    const world = new World(48);
    await replay(world, [wanted(1, 'b'), { ...wanted(0, 'a'), actorId: 'ann' }], how());
    expect(world.envelopes).toMatchObject([
      { now: at(0), source: 'IMPORT:test', actor: { id: 'ann', role: 'MIGRATION' } },
      { now: at(1), source: 'IMPORT:test', actor: { id: 'import-test', role: 'MIGRATION' } },
    ]);
    expect(new Set(world.envelopes.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it('keeps the order of a lane, whatever happens beside it', async () => {
    const world = new World(48);
    const lanes = Array.from({ length: 40 }, (_, n) => wanted(n / 10, `s-${n}`, `lane-${n % 4}`));
    await replay(world, lanes, how());
    for (const lane of [0, 1, 2, 3]) {
      const mine = world.told.filter(({ id }) => Number(id.slice(2)) % 4 === lane).map((one) => one.at);
      expect(mine).toEqual([...mine].sort());
    }
  });

  it('fires a timer before the first command that is later, and leaves those that are due after the end', async () => {
    const world = new World(24);
    await replay(world, [wanted(0, 'a'), wanted(23, 'b'), wanted(24, 'c'), wanted(25, 'd')], how());
    expect(world.told.map(({ what, at: when }) => [what, when])).toEqual([
      ['command', at(0)],
      ['command', at(23)],
      ['timer', at(24)],
      ['command', at(24)],
      ['command', at(25)],
    ]);
  });

  it('jumps over empty time', async () => {
    const world = new World(24);
    const { windows } = await replay(world, [wanted(0, 'a'), wanted(100_000, 'b')], how());
    expect(windows).toBe(2);
  });

  it('counts timers that came too late, when a policy does not keep to the day', async () => {
    const world = new World(1);
    const told = await replay(world, [wanted(0, 'a'), wanted(5, 'b')], how());
    expect(told).toMatchObject({ timersLate: 1, timersFired: 1 });
  });

  it('whatever the log: no timer is fired after a command or a timer that comes later', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(200), fc.nat(5)), { maxLength: 60 }),
        fc.integer({ min: 2 * WINDOW_HOURS, max: 100 }),
        async (log, timerAfterHours) => {
          const world = new World(timerAfterHours);
          const { timersLate } = await replay(
            world,
            log.map(([hours, lane], n) => wanted(hours, `s-${n}`, `l-${lane}`)),
            how(),
          );
          expect(timersLate).toBe(0);
          const timers = world.told.filter(({ what }) => what === 'timer').map((one) => one.at);
          expect(timers).toEqual([...timers].sort());
          for (const [n, one] of world.told.entries())
            if (one.what === 'timer')
              expect(world.times.slice(0, n).every((before) => before <= one.at)).toBe(true);
        },
      ),
    ));
});

describe('a second run', () => {
  const log = [wanted(0, 'a'), wanted(1, 'idle'), wanted(2, 'no'), wanted(30, 'b')];
  const answer = (id: string) => (id === 'idle' ? 'nothing' : id === 'no' ? 'refused' : 'stored');

  it('changes nothing and says so, also of what had been refused or had nothing to do', async () => {
    const world = new World(24, answer);
    const journal = new MemoryJournal();
    const first = await replay(world, log, { dataset: 'test', journal });
    expect(first).toMatchObject({ commands: 4, created: 2, repeated: 0, unchanged: { RegisterCustomer: 1 } });
    expect(first.refused).toEqual([
      { command: 'RegisterCustomer', code: 'NOT_SO', times: 1, examples: ['no: it is not so'] },
    ]);
    const before = world.told.length;
    const second = await replay(world, log, { dataset: 'test', journal });
    expect(second).toMatchObject({ created: 0, repeated: 4, unchanged: {}, refused: [], complete: true });
    expect(world.told).toHaveLength(before);
  });

  it('after a kill anywhere ends where one run ends', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(300), { minLength: 1, maxLength: 30 }),
        fc.nat(30),
        async (hours, breaksAfter) => {
          const commands = hours.map((each, n) => wanted(each, `s-${n}`, `l-${n % 3}`));
          const whole = new World(24);
          await replay(whole, commands, how());
          const broken = new World(24);
          const journal = new MemoryJournal();
          broken.breaksAfter = breaksAfter;
          await replay(broken, commands, { dataset: 'test', journal }).catch(() => undefined);
          broken.breaksAfter = Number.POSITIVE_INFINITY;
          await replay(broken, commands, { dataset: 'test', journal });
          const sorted = ({ told }: World) => told.map((one) => `${one.at} ${one.what} ${one.id}`).sort();
          expect(sorted(broken)).toEqual(sorted(whole));
        },
      ),
    ));

  it('goes on after a stop between two windows', async () => {
    const world = new World(24);
    const journal = new MemoryJournal();
    let windows = 0;
    const stopped = () => windows > 0;
    const onProgress = () => {
      windows++;
    };
    const first = await replay(world, log, { dataset: 'test', journal, stopped, onProgress });
    expect(first.complete).toBe(false);
    const second = await replay(world, log, { dataset: 'test', journal });
    expect(second).toMatchObject({ complete: true, created: 1, repeated: 3 });
  });
});

it('a fault stops the replay', async () => {
  const world = new World(24);
  world.breaksAfter = 0;
  await expect(replay(world, [wanted(0, 'a')], how())).rejects.toThrow('killed');
});
