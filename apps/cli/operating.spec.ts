import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@rapport/adapters/sqlite';
import { HostProcess } from '../../test/support/host-process';
import { until } from '../../test/support/patience';
import { playedTerminal } from '../../test/support/played-terminal';
import { strange } from '../../test/support/poisoned-jars';
import { run } from './program';

/** A server is a process of its own, and looks after operators once a second. */
jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'rapport-operating-'));
const start = () => HostProcess.start('standalone', { RAPPORT_DATA: folder });
let host: HostProcess | null;
afterAll(async () => {
  await HostProcess.killAll();
  rmSync(folder, { recursive: true });
});

type Json = Readonly<Record<string, unknown>>;
interface Standing extends Json {
  readonly model: string;
  readonly state: string;
  readonly owners: readonly string[];
  readonly parked: { readonly keys: number; readonly events: number };
}
/** A list, or a page of one. */
interface Answer extends ReadonlyArray<Json> {
  readonly found: readonly Json[];
  readonly next: string;
}
const rapport = async (argv: readonly string[], terminal = playedTerminal()) => {
  const code = await run(['projections', ...argv, '--data', folder], terminal.terminal);
  return { code, text: terminal.printed.join('\n'), said: terminal.said.join('\n') };
};
const json = async (...argv: readonly string[]) => {
  const { code, text, said } = await rapport([...argv, '--json']);
  return { code, said, json: JSON.parse(text === '' ? 'null' : text) as Answer };
};
const standing = async (model: string): Promise<Standing> => {
  const all = (await json('status')).json as readonly unknown[] as readonly Standing[];
  return all.find((one) => one.model.startsWith(`${model}@`))!;
};
const becomes = (model: string, state: RegExp) =>
  until(`${model} is ${String(state)}`, async () => state.test((await standing(model)).state));
const customer = (customerId: string) => ({
  ...{ customerId, name: `Company ${customerId}`, industry: 'retail', source: 'ONLINE_QUESTIONNAIRE' },
});

/** Tickets without an id: whoever keeps tickets cannot tell whose row they are of. */
const BROKEN = ['ticket-broken-1', 'ticket-broken-2'];
beforeAll(async () => {
  host = await start();
  await host.post('RegisterCustomer', customer('c-1'), 'c-1');
  await host.stop();
  const log = await SqliteEventLog.open({ file: join(folder, 'log.sqlite') });
  for (const stream of BROKEN)
    await log.append(stream, -1, [
      strange('TicketRegistered', { customerId: 'c-1' }),
      strange('TicketClosed'),
    ]);
  await log.close();
  host = await start();
  await until('everything has been read', async () => (await host!.get('/health/ready')).status === 200);
});

describe('beside a running server', () => {
  it('status tells how everybody is doing and who keeps what', async () => {
    await becomes('lifecycle', /^live$/);
    const one = await standing('lifecycle');
    expect(one).toMatchObject({ lag: { events: 0 }, rows: 1, parked: { keys: 0, events: 0 }, error: null });
    expect(one.owners).toEqual([expect.stringMatching(/.+\/\d+\/.+/)]);
    expect((await standing('ticket-queue')).parked).toEqual({ keys: 2, events: 4 });
    const { code, text } = await rapport(['status']);
    expect([code, text]).toEqual([0, expect.stringMatching(/ticket-queue@\d+ +live .* 4 of 2 keys/)]);
    expect(text).toContain(`${one.owners[0]!} keeps read model`);
    expect((await rapport(['status', '--lanes'])).text).toMatch(/lifecycle@\d+ +0 +live/);
    const watched = await rapport(['status', '--watch'], playedTerminal(true));
    expect(watched.code).toBe(130);
  });

  it('a pause is heeded, seen by health, and taken back', async () => {
    const paused = await json('pause', 'lifecycle', 'revenue', '--reason', 'a look', '--until', '2h');
    expect(paused).toMatchObject({
      code: 0,
      json: [
        { heeded: true, state: expect.stringMatching(/^paused by .+@.+: a look$/) as string },
        { heeded: true },
      ],
    });
    const ready = await host!.get('/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { status: 'degraded' } });
    const { body } = await host!.post('RegisterCustomer', customer('c-2'), 'c-2');
    expect((await host!.get(`/lifecycle/c-2?after=${body.position}&wait=50`)).status).toBe(503);
    expect(await json('resume', 'lifecycle', 'revenue')).toMatchObject({
      code: 0,
      json: [{ heeded: true }, {}],
    });
    expect((await host!.get(`/lifecycle/c-2?after=${body.position}`)).status).toBe(200);
  });

  it('parked events are listed, shown, tried again and let go, by whoever keeps the model', async () => {
    const list = await json('parked', 'list', '--model', 'ticket-queue', '--limit', '1');
    expect(list.json.found).toMatchObject([
      { key: BROKEN[0], events: 2, first: { type: 'TicketRegistered' } },
    ]);
    const rest = await json(...['parked', 'list', '--model', 'ticket-queue', '--after', list.json.next]);
    expect(rest.json).toMatchObject({ found: [{ key: BROKEN[1] }], next: null });
    const shown = await json('parked', 'show', 'ticket-queue', BROKEN[0]!);
    expect(shown.json.found).toMatchObject([
      {
        type: 'TicketRegistered',
        revision: 0,
        errorClass: 'Error',
        error: 'Error: no ticketId in this event',
      },
      { type: 'TicketClosed', revision: 1 },
    ]);
    expect(JSON.stringify(shown.json)).not.toContain('customerId');
    const inFull = await rapport(['parked', 'show', 'ticket-queue', BROKEN[0]!, '--with-data']);
    expect(inFull.text).toContain('customerId');

    const again = await json('parked', 'redrive', 'ticket-queue', '--all');
    expect(again.code).toBe(1);
    expect(again.json.map(({ key, result }) => [key, result])).toEqual(
      BROKEN.map((key) => [key, 'PARKED_AGAIN']),
    );
    const dropped = await json(
      'parked',
      'drop',
      'ticket-queue',
      BROKEN[0]!,
      '--reason',
      'no ticket',
      '--yes',
    );
    expect(dropped).toMatchObject({
      code: 0,
      json: [{ result: 'DONE', outcome: '2 events were dropped', reason: 'no ticket' }],
    });
    expect((await standing('ticket-queue')).parked).toEqual({ keys: 1, events: 2 });
  });

  it('nothing is dropped unless somebody is sure', async () => {
    const drop = ['parked', 'drop', 'ticket-queue', BROKEN[1]!, '--reason', 'x'];
    expect(await rapport(drop)).toMatchObject({
      code: 2,
      said: expect.stringContaining('say --yes') as string,
    });
    const asked: string[] = [];
    const played = playedTerminal();
    const ask = (question: string) => Promise.resolve((asked.push(question), 'no'));
    const { said } = await rapport(drop, { ...played, terminal: { ...played.terminal, ask } });
    expect(asked).toEqual([
      expect.stringMatching(/ticket-queue@\d+ will never know 2 events of ticket-broken-2/),
    ]);
    expect(said).toContain('nothing was dropped');
    expect((await standing('ticket-queue')).parked.events).toBe(2);
  });

  it('an order stays when its waiting is broken off', async () => {
    const redrive = ['parked', 'redrive', 'ticket-queue', BROKEN[1]!];
    const { code, said } = await rapport(redrive, playedTerminal(true));
    expect([code, said]).toEqual([130, expect.stringContaining('the order stays')]);
  });

  it('what is misspelt, or not there, is said to be', async () => {
    expect(await rapport(['pause', 'lifecyle', '--reason', 'x'])).toMatchObject({
      ...{ code: 2, said: expect.stringContaining('did you mean lifecycle?') as string },
    });
    expect((await rapport(['pause', 'lifecycle'])).code).toBe(2);
    expect((await rapport(['pause', 'lifecycle', '--reason', 'x', '--until', 'soon'])).code).toBe(2);
    expect(
      (await rapport(['pause', 'lifecycle', '--reason', 'x', '--until', '2020-01-01T00:00:00Z'])).code,
    ).toBe(2);
    expect((await rapport(['parked', 'redrive', 'lifecycle', 'c-1'])).code).toBe(66);
    expect((await rapport(['parked', 'show', 'lifecycle', 'c-1'])).code).toBe(66);
    expect((await rapport(['parked', 'list', '--after', 'nonsense'])).code).toBe(2);
    expect((await rapport(['parked', 'redrive', 'lifecycle'])).code).toBe(2);
    expect((await rapport(['parked', 'drop', 'ticket-queue', 'x', '--yes'])).code).toBe(2);
  });

  it('the figures of the thread that keeps the read models are those of its process', async () => {
    const { text } = await host!.get('/metrics');
    for (const line of [
      /^rapport_projection_owner\{model="lifecycle@\d+"\} 1$/m,
      /^rapport_projection_events_total\{model="lifecycle@\d+"\} [1-9]/m,
      /^rapport_projection_batch_seconds_count\{model="lifecycle@\d+"\} [1-9]/m,
      /^rapport_projection_parked_events\{model="ticket-queue@\d+"\} 2$/m,
    ])
      expect(text).toMatch(line);
  });
});

describe('while nobody runs', () => {
  beforeAll(async () => {
    await host!.stop();
  });

  it('status says so', async () => {
    expect(await standing('lifecycle')).toMatchObject({ state: 'nobody keeps it', owners: [] });
  });

  it('a pause counts from the next start on', async () => {
    const paused = await json('pause', 'lifecycle', '--reason', 'a look');
    expect(paused).toMatchObject({ code: 0, json: [{ heeded: false }] });
    expect((await standing('lifecycle')).state).toMatch(/^nobody keeps it; paused by .+: a look$/);
    host = await start();
    await becomes('lifecycle', /^paused by/);
    await host.kill();
    host = null;
    expect(await standing('lifecycle')).toMatchObject({ owners: [] });
    expect((await json('resume', 'lifecycle')).code).toBe(0);
  });

  it('an order is carried out by whoever gives it, who is the owner for so long', async () => {
    const dropped = await json(
      'parked',
      'drop',
      'ticket-queue',
      BROKEN[1]!,
      '--reason',
      'no ticket',
      '--yes',
    );
    expect(dropped).toMatchObject({ code: 0, json: [{ result: 'DONE' }] });
    expect((await standing('ticket-queue')).parked).toEqual({ keys: 0, events: 0 });
    expect(await standing('ticket-queue')).toMatchObject({ state: 'nobody keeps it' });
  });

  it('an order for a model that is paused waits until it is resumed', async () => {
    await json('pause', 'ticket-timeliness', '--reason', 'a look');
    const redrive = await rapport(['parked', 'redrive', 'ticket-timeliness', BROKEN[0]!]);
    expect(redrive).toMatchObject({
      code: 75,
      said: expect.stringContaining('is paused: the order is kept') as string,
    });
  });
});
