import { Command, InvalidArgumentError } from 'commander';
import {
  eventHash,
  GENESIS,
  roll,
  START,
  verifyLog,
  type Position,
  type RecordedEvent,
} from '@rapport/kernel';
import { NotThere, Usage } from '../exits';
import { Progress } from '../progress';
import type { Session } from '../session';
import { table } from '../tables';
import { stateCommand } from './audit-state';

export const auditCommand = (session: Session): Command =>
  new Command('audit')
    .description('What happened, how things stood, and whether anybody has touched the log')
    .addCommand(historyCommand(session))
    .addCommand(stateCommand(session))
    .addCommand(verifyCommand(session));

const historyCommand = (session: Session): Command =>
  new Command('history')
    .description('What happened in a stream: who, what, when, why, and what caused it')
    .argument('<stream>', 'such as ticket-INC0000045')
    .addHelpText('after', '\nExample:\n  rapport audit history ticket-INC0000045 --json')
    .action(async (stream: string) => {
      const events = await session.reading(({ store }) => store.read(stream));
      if (events.length === 0) throw new NotThere(`nothing happened under the name ${stream}`);
      session.answer(events.map(told), (all) =>
        table(
          ['rev', 'occurred', 'event', 'who', 'from', 'why', 'caused by'],
          all.map((event) => [
            ...[event.revision, event.occurredAt, event.type, `${event.actor.id} (${event.actor.role})`],
            ...[event.source, event.reason ?? '', event.causationId],
          ]),
        ),
      );
    });

const told = ({ id, type, revision, position, occurredAt, recordedAt, data, meta, hash }: RecordedEvent) => ({
  ...{ id, type, revision, position: String(position), occurredAt, recordedAt, data },
  actor: { id: meta.actorId, role: meta.actorRole },
  ...{ source: meta.source, ...(meta.reason !== undefined && { reason: meta.reason }) },
  ...{ commandId: meta.commandId, correlationId: meta.$correlationId, causationId: meta.$causationId },
  ...{ schemaVersion: Number(meta.schemaVersion), hash },
});

const verifyCommand = (session: Session): Command =>
  new Command('verify')
    .description('Check the whole log against its own chains and against the seals that were kept of it')
    .option('--against <hash@position>', 'a seal that was kept elsewhere: was this the log then?', sealIn)
    .addHelpText('after', verifyHelp)
    .action(async ({ against }: { readonly against?: Seal }) => {
      const verdict = await session.reading(async ({ store, rows }) => {
        const progress = new Progress(session.terminal, 'events');
        const all = await store.log.countAfter(START);
        const found = await verifyLog(store.log, rows, (events) => progress.show(events, all));
        progress.end();
        if (!against) return { ...found, against: null };
        const hash = await hashAt(store.log, against.position);
        return {
          ...found,
          against: { ...against, position: String(against.position), matches: hash === against.hash },
        };
      });
      session.answer(verdict, verdictText);
      if (!verdict.intact || verdict.against?.matches === false) session.findings();
    });

interface Seal {
  readonly hash: string;
  readonly position: Position;
}
const sealIn = (text: string): Seal => {
  const [, hash = '', position = ''] = /^([0-9a-f]{64})@(\d{1,16})$/.exec(text) ?? [];
  if (hash === '') throw new InvalidArgumentError('give 64 hexadecimal digits, @, and the position.');
  return { hash, position: Number(position) as Position };
};

const BATCH = 5_000;
type Log = Parameters<typeof verifyLog>[0];

/** The rolling hash over the log up to a position, counted anew. Throws `Usage` when the log has no such position. */
const hashAt = async (log: Log, position: Position): Promise<string> => {
  let hash = GENESIS;
  for (let at: Position = START; ;) {
    const events = await log.readAll(at, BATCH);
    for (const event of events) {
      if (event.position > position) throw new Usage(`the log has no event at position ${position}`);
      hash = roll(hash, event, eventHash(event.stream, event.revision, event));
      if (event.position === position) return hash;
      at = event.position;
    }
    if (events.length < BATCH) throw new Usage(`the log ends before position ${position}`);
  }
};

interface Verified extends Awaited<ReturnType<typeof verifyLog>> {
  readonly against: { readonly position: string; readonly matches: boolean } | null;
}
const verdictText = ({
  intact,
  events,
  streams,
  sealed,
  sealHash,
  sealedTo,
  findings,
  against,
}: Verified): string =>
  [
    `${intact ? 'intact' : 'NOT INTACT'}: ${events} events in ${streams} streams, ${sealed} of them sealed`,
    `keep this elsewhere: ${sealHash}@${sealedTo}`,
    ...findings.map((finding) =>
      'stream' in finding
        ? `${finding.kind}: ${finding.stream} revision ${finding.revision} (position ${finding.position})`
        : `${finding.kind}: seal ${finding.seal}, positions ${finding.fromPosition} to ${finding.toPosition}`,
    ),
    ...(against
      ? [`up to ${against.position} the log ${against.matches ? 'is' : 'IS NOT'} the one that was sealed`]
      : []),
  ].join('\n');

const verifyHelp = `
Exit code 1 when something was touched. The hash that is printed proves this history to anybody later:
  rapport audit verify --against <hash@position>`;
