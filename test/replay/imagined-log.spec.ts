import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as commands from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import {
  askingOf,
  assertValid,
  ERASED,
  fieldsOf,
  hydrate,
  kernelEvents,
  PARKED,
  START,
  verifyLog,
  type Class,
  type Question,
  type RecordedEvent,
} from '@rapport/kernel';
import { openEmbedded } from '@rapport/platform';
import type { Application } from '@rapport/platform/application';
import { questions, readModels, rollups } from '@rapport/read-models';
import { imaginedLog, type Imagined, type Recipe } from '../support/imagined/imagined-log';

const RECIPE: Recipe = { events: 16_000, seed: 8 };
const EVENTS_MAX = 40_000;
const HOUR = 3_600_000;

const folders: string[] = [];
const newFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'rapport-imagined-')));
  return folders.at(-1)!;
};
const opened = (folder: string, now: string): Promise<Application> =>
  openEmbedded({ folder, now: () => now });
const storedIn = async (folder: string): Promise<readonly RecordedEvent[]> => {
  const app = await opened(folder, '2030-01-01T00:00:00.000Z');
  const found = await app.store.readAll(START, EVENTS_MAX);
  found.forEach(({ data }) => data); // parsed while the log is open
  await app.stop();
  return found;
};

describe('an imagined log', () => {
  let made: Imagined;
  let app: Application;
  let log: readonly RecordedEvent[];

  beforeAll(async () => {
    made = await imaginedLog(newFolder(), RECIPE);
    app = await opened(made.folder, made.endsAt);
    log = await app.store.readAll(START, EVENTS_MAX);
    await app.start();
    await app.settle();
  }, 120_000);
  afterAll(async () => {
    await app.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('holds as many events as were asked for, all of them events that the product would take', () => {
    const classes: Readonly<Record<string, Class>> = { ...events, ...kernelEvents };
    expect(log.length).toBe(made.events);
    expect(made.events).toBeGreaterThanOrEqual(RECIPE.events);
    expect(made.events).toBeLessThan(RECIPE.events * 1.02);
    for (const { type, data } of log) assertValid(hydrate(classes[type]!, data));
  });

  it('stands up to the verifier: its chains are whole', async () => {
    const verdict = await verifyLog(app.store.log, app.rows);
    expect(verdict).toMatchObject({ intact: true, findings: [], events: made.events });
    expect(verdict.streams).toBeGreaterThan(made.events / 10);
  });

  it('keeps what is personal sealed under keys that are there', async () => {
    const stored = await app.store.log.readAll(START, EVENTS_MAX);
    const personal = log.filter(({ type }) =>
      fieldsOf((events as Readonly<Record<string, Class>>)[type] ?? Object).some(({ subject }) => subject),
    );
    const sealed = stored.filter(({ data }) => data.includes('"sealed:'));
    expect(sealed.length).toBeGreaterThan(made.events / 20);
    expect(sealed.length).toBeLessThanOrEqual(personal.length);
    expect(JSON.stringify(log.map(({ data }) => data))).not.toContain(ERASED);
    expect(JSON.stringify(stored.map(({ data }) => data))).not.toContain(' Ltd');
  });

  it('is read by every read model, and no event is parked', async () => {
    expect(await app.rows.find(PARKED, { limit: 3 })).toEqual([]);
    const tables = [
      ...readModels.map(({ table, past }) => past ?? table),
      ...rollups.map(({ table }) => table),
    ];
    const empty: string[] = []; // what an inbox holds may just be settled, so its past is looked at
    for (const table of tables) if ((await app.rows.count(table)) === 0) empty.push(table.name);
    expect(empty).toEqual([]);
  });

  it('gives every question something to tell, now or at some moment', async () => {
    const spoken = log.flatMap(({ data }) => (data as Partial<events.CommitmentMade>).writtenBy ?? []);
    const agreed = log.filter(({ type }) => type === 'CommunicationStrategySet').slice(-5);
    const ranked = log.filter(({ type }) => type === 'TicketPrioritised').slice(-5);
    const after = [...spoken, ...[...agreed, ...ranked].map(({ occurredAt }) => occurredAt)].map((moment) =>
      new Date(Date.parse(moment) + 1).toISOString(),
    );
    const silent: string[] = [];
    for (const question of questions) {
      const answers = [made.endsAt, ...after].map((now) =>
        question.answer(
          asked(question, log),
          askingOf(question, { rows: app.rows, now, rollups }, { time: now }),
        ),
      );
      if (!(await Promise.all(answers)).some((answer) => counted(answer) > 0)) silent.push(question.name);
    }
    expect(silent).toEqual([]);
  });

  it('has policies that know what they did: a host that starts on it has nothing to catch up on', async () => {
    expect(await app.store.log.countAfter(START)).toBe(made.events);
    const next = await app.timers.next();
    expect(next !== null && next >= made.endsAt).toBe(true);
  });

  it('takes no customer a second time under the name of another', async () => {
    const known = log.find(({ type }) => type === 'CustomerRegistered')!.data as events.CustomerRegistered;
    const again = { customerId: 'C-other', name: known.name.toUpperCase(), industry: known.industry };
    const command = commands.RegisterCustomer.of({ ...again, source: 'REFERRAL' });
    const actor = { id: 'ann', role: 'CRM_MANAGER' };
    const envelope = { commandId: 'again', correlationId: 'again', actor, source: 'SPEC', now: made.endsAt };
    await expect(app.execute(command, envelope)).rejects.toMatchObject({ code: 'DUPLICATE_CUSTOMER' });
  });

  it('is as uneven as business is: few customers do much, most tickets are short, some things are told late', () => {
    const byCustomer = sizes(log, ({ data }) => (data as Partial<events.TicketRegistered>).customerId);
    const byTicket = sizes(log, ({ stream }) => (stream.startsWith('ticket-') ? stream : undefined));
    const all = byCustomer.reduce((sum, n) => sum + n, 0);
    expect(share(byCustomer, 0.1) / all).toBeGreaterThan(0.3);
    expect(byCustomer[0]).toBeGreaterThan(5 * middle(byCustomer));
    expect(middle(byTicket)).toBeLessThan(16);
    expect(byTicket[0]).toBeGreaterThan(2 * middle(byTicket));
    const told = log.filter(({ meta }) => meta.source !== 'POLICY' && meta.source !== 'TIMER');
    const late = told.filter(
      ({ occurredAt, recordedAt }) => Date.parse(recordedAt) - Date.parse(occurredAt) > HOUR,
    );
    expect(late.length / told.length).toBeGreaterThan(0.01);
    expect(late.length / told.length).toBeLessThan(0.08);
  });

  it('spans years with their seasons, nights and weekends', () => {
    const days = log
      .filter(({ type }) => type === 'BehaviourRecorded')
      .map(({ occurredAt }) => new Date(occurredAt));
    const among = (holds: (day: Date) => boolean) => days.filter(holds).length;
    expect(Date.parse(made.endsAt) - Date.parse(log[0]!.recordedAt)).toBeGreaterThan(2 * 365 * 24 * HOUR);
    expect(among((day) => day.getUTCMonth() === 10)).toBeGreaterThan(
      1.3 * among((day) => day.getUTCMonth() === 1),
    );
    expect(among((day) => day.getUTCHours() < 6)).toBeLessThan(0.1 * days.length);
    expect(among((day) => day.getUTCDay() === 0)).toBeLessThan(0.1 * days.length);
  });

  it('is found again under its recipe, and made anew under another', async () => {
    const folder = newFolder();
    const few = { events: 300, seed: 1 };
    expect((await imaginedLog(folder, few)).seconds).not.toBeNull();
    expect((await imaginedLog(folder, few)).seconds).toBeNull();
    expect((await imaginedLog(folder, { ...few, seed: 2 })).seconds).not.toBeNull();
  });

  it('comes out the same from the same seed, and otherwise from another', async () => {
    const [one, same, other] = await Promise.all(
      [3, 3, 4].map(async (seed) => storedIn((await imaginedLog(newFolder(), { events: 400, seed })).folder)),
    );
    expect(told(one!)).toEqual(told(same!));
    expect(told(one!)).not.toEqual(told(other!));
  });
});

/** What happened, without what follows from keys: a claim stands in a stream that is named by a keyed digest. */
const told = (log: readonly RecordedEvent[]) =>
  log.map(({ id, type, data, occurredAt, recordedAt }) => {
    return { type, data, occurredAt, recordedAt, id: type in kernelEvents ? '' : id };
  });

/** A question about one customer or ticket is asked about the open one of which there is most to tell. */
const asked = ({ params }: Question, log: readonly RecordedEvent[]): object => {
  const made = new params();
  const { customerId, ticketId } = { customerId: 'C-000001', ticketId: longestTicket(log) };
  for (const { name, optional } of fieldsOf(params))
    if (!optional && (name === 'customerId' || name === 'ticketId'))
      Object.assign(made, name === 'customerId' ? { customerId } : { ticketId });
  return made;
};
/** All numbers in an answer, and the things that it lists. */
const counted = (answer: unknown): number => {
  if (typeof answer === 'number') return Math.abs(answer);
  if (typeof answer !== 'object' || answer === null) return 0;
  const inside = Object.values(answer).reduce<number>((sum, each) => sum + counted(each), 0);
  return inside + (Array.isArray(answer) ? answer.filter((each) => typeof each === 'object').length : 0);
};

const longestTicket = (log: readonly RecordedEvent[]): string => {
  const idOf = ({ stream }: RecordedEvent) => /^ticket-(.*)$/.exec(stream)?.[1];
  const over = new Set(log.filter(({ type }) => /^Ticket(Closed|Withdrawn|Archived)$/.test(type)).map(idOf));
  const [longest] = countsOf(log, idOf)
    .filter(([ticketId]) => !over.has(ticketId))
    .sort(([, one], [, other]) => other - one);
  return longest?.[0] ?? '';
};
/** Events of each, most first. */
const sizes = (log: readonly RecordedEvent[], of: (event: RecordedEvent) => unknown): readonly number[] =>
  countsOf(log, of)
    .map(([, count]) => count)
    .sort((one, other) => other - one);
const countsOf = (log: readonly RecordedEvent[], of: (event: RecordedEvent) => unknown) => {
  const found = new Map<string, number>();
  for (const event of log) {
    const key = of(event);
    if (typeof key === 'string') found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...found];
};
const share = (some: readonly number[], part: number): number =>
  some.slice(0, Math.ceil(some.length * part)).reduce((sum, n) => sum + n, 0);
const middle = (some: readonly number[]): number => some[Math.floor(some.length / 2)] ?? 0;
