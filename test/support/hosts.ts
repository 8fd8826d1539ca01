import pino from 'pino';
import { openProduct, serve, settingsFrom, type Role, type Service } from '@rapport/platform';
import { linesInto } from './edge';

/** JSON of which the expectation says what it must be. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: {
    readonly position: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly [more: string]: unknown;
  };
}

/** Somebody who asks a host on its socket. */
export class Caller {
  constructor(readonly url: string) {}

  async post(type: string, data: object, commandId: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': commandId };
    return this.asked(`/commands/${type}`, { method: 'POST', headers, body: JSON.stringify(data) });
  }
  async get(path: string): Promise<Answer> {
    return this.asked(path);
  }
  /** As an operator. */
  async order(path: string, body?: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'x-actor-id': 'olga', 'x-actor-role': 'OPERATOR' };
    const sent = body && { method: 'POST', body: JSON.stringify(body) };
    return this.asked(`/operations${path}`, { headers, ...sent });
  }
  private async asked(path: string, init?: RequestInit): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, init);
    const text = await answer.text();
    const isJson = String(answer.headers.get('content-type')).includes('json');
    return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as Answer['body'] };
  }
}

/** A host of this process on a free port, as its `main.ts` would run it, and all that it wrote to its log. */
export class Host extends Caller {
  private constructor(
    readonly service: Service,
    readonly lines: readonly Record<string, unknown>[],
  ) {
    super(service.url);
  }
  static async start(role: Role, environment: Readonly<Record<string, string>>): Promise<Host> {
    const lines: Record<string, unknown>[] = [];
    const settings = settingsFrom({ RAPPORT_PORT: '0', RAPPORT_TICK_MS: '50', ...environment });
    const log = pino({ level: 'info' }, linesInto(lines));
    return new Host(await serve(role, openProduct, settings, log), lines);
  }
  stop(): Promise<void> {
    return this.service.stop();
  }
}

/** Longer than anything takes, also where servers, hosts and tests share two processors. */
const PATIENCE_MS = 45_000;
export const until = async (
  isSo: () => boolean | Promise<boolean>,
  withinMs = PATIENCE_MS,
): Promise<void> => {
  for (const late = Date.now() + withinMs; !(await isSo());) {
    if (Date.now() > late) throw new Error(`it did not become so in ${withinMs} ms`);
    await new Promise((next) => setTimeout(next, 20));
  }
};
