import 'reflect-metadata';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { httpService, settingsFrom, type Application } from '@rapport/platform';

type Sent = Readonly<Record<string, string>>;
/** JSON of which the expectation says what it must be. */
interface Loose {
  readonly [name: string]: Loose;
}
interface Body {
  readonly [more: string]: unknown;
  readonly code: string;
  readonly position: string;
  readonly data: Loose & readonly Loose[];
  readonly meta: { readonly next?: string; readonly position?: string };
  readonly errors: readonly { readonly field: string; readonly rule: string; readonly message: string }[];
  readonly aggregates: readonly Loose[];
  readonly readModels: readonly Loose[];
}
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Body;
}

/** An application behind its HTTP edge, without a socket; and all that it wrote to its log. */
export class Edge {
  private constructor(
    readonly application: Application,
    readonly app: NestFastifyApplication,
    readonly lines: readonly Record<string, unknown>[],
  ) {}

  static async of(application: Application, environment: Sent = {}, isStarted = true): Promise<Edge> {
    const lines: Record<string, unknown>[] = [];
    const settings = settingsFrom(environment);
    const app = await httpService(application, settings, pino({ level: 'debug' }, linesInto(lines)));
    if (isStarted) await application.start();
    return new Edge(application, app, lines);
  }

  async post(type: string, payload: object | string, headers: Sent = {}): Promise<Reply> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.send('POST', type.startsWith('/') ? type : `/commands/${type}`, json, payload);
  }
  async get(url: string, headers: Sent = {}): Promise<Reply> {
    return this.send('GET', url, headers);
  }
  async stop(): Promise<void> {
    await this.app.close();
    await this.application.stop();
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    headers: Sent,
    payload?: object | string,
  ): Promise<Reply> {
    const answer = await this.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    const type = String(answer.headers['content-type'] ?? '');
    const isJson = type.includes('json') && !type.includes('ndjson');
    const body = (isJson ? answer.json() : {}) as Body;
    return { status: answer.statusCode, type, headers: answer.headers, text: answer.body, body };
  }
}

export const linesInto = (lines: Record<string, unknown>[]): Writable =>
  new Writable({
    write(chunk, _, done) {
      for (const line of String(chunk).trim().split('\n'))
        lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
