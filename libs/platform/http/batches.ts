import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { EdgeProblem, problemOf } from '../problem';
import { Settings } from '../settings';
import { parsed } from './body-parsers';
import type { CommandAnswer } from './commands.controller';
import { RequestLog } from './request-log';

/** One line of a batch. */
export interface BatchCommand {
  readonly type: string;
  readonly commandId?: string;
  readonly data: object;
}
type Send = (line: number, command: BatchCommand) => Promise<CommandAnswer>;
/** `strict`: each line waits for the one before. `stream`: only the lines of one aggregate keep their order. */
export type BatchOrder = 'strict' | 'stream';

/** Lines under way at once where only the order within an aggregate matters. */
const TOGETHER_MAX = 256;
const NEWLINE = 0x0a;

export const batchOrderOf = (asked: unknown): BatchOrder => {
  if (asked === undefined || asked === 'strict' || asked === 'stream') return asked ?? 'strict';
  throw new EdgeProblem(400, 'UNKNOWN_ORDER', 'order is strict (default) or stream');
};

/** Many commands in one request: answers go out line by line, in the order of the lines, while later ones are carried out. */
@Injectable()
export class Batches {
  constructor(
    @Inject(Settings) private readonly settings: Settings,
    @Inject(RequestLog) private readonly log: RequestLog,
  ) {}

  /** Throws when there are too many lines; a broken line fails alone. */
  run(body: Buffer, order: BatchOrder, send: Send): Readable {
    const lines = linesOf(body, this.settings.RAPPORT_BATCH_LINES_MAX);
    return Readable.from(this.answers(lines, order === 'strict' ? 1 : TOGETHER_MAX, send));
  }

  private async *answers(lines: readonly Buffer[], together: number, send: Send): AsyncGenerator<string> {
    const underWay: Promise<object>[] = [];
    for (const [n, line] of lines.entries()) {
      if (isBlank(line)) continue;
      underWay.push(this.answer(n + 1, line, send));
      if (underWay.length >= together) yield textOf(await underWay.shift());
    }
    for (const answer of underWay) yield textOf(await answer);
  }

  private async answer(line: number, bytes: Buffer, send: Send): Promise<object> {
    try {
      return { line, status: 200, ...(await send(line, this.commandIn(bytes))) };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.log.fault(error, problem);
      return { line, ...problem };
    }
  }

  private commandIn(bytes: Buffer): BatchCommand {
    const max = this.settings.RAPPORT_BATCH_LINE_BYTES_MAX;
    if (bytes.length > max)
      throw new EdgeProblem(
        413,
        'LINE_TOO_LONG',
        `a line has ${max} bytes at most, this one ${bytes.length}`,
      );
    const command = parsed(bytes.toString('utf8'));
    if (!isBatchCommand(command))
      throw new EdgeProblem(400, 'NOT_A_COMMAND', 'a line is {"type": "…", "commandId"?: "…", "data": {…}}');
    return command;
  }
}

const textOf = (answer: object | undefined): string => `${JSON.stringify(answer)}\n`;
const isBlank = (line: Buffer): boolean => line.toString('latin1').trim() === '';

const linesOf = (body: Buffer, max: number): readonly Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0; from < body.length;) {
    const newline = body.indexOf(NEWLINE, from);
    const end = newline === -1 ? body.length : newline;
    lines.push(body.subarray(from, end));
    from = end + 1;
    if (lines.length > max)
      throw new EdgeProblem(413, 'TOO_MANY_LINES', `a batch has ${max} lines at most: send it in parts`);
  }
  return lines;
};

const COMMAND_ID = /^[\x21-\x7e]{1,200}$/;
const isBatchCommand = (line: unknown): line is BatchCommand => {
  if (typeof line !== 'object' || line === null) return false;
  const { type, commandId, data } = line as Partial<Record<keyof BatchCommand, unknown>>;
  const isNamed = commandId === undefined || (typeof commandId === 'string' && COMMAND_ID.test(commandId));
  return (
    typeof type === 'string' && isNamed && typeof data === 'object' && data !== null && !Array.isArray(data)
  );
};
