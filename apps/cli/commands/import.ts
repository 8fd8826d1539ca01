import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { BULK } from '@rapport/kernel';
import {
  FileJournal,
  imports,
  namesNear,
  openProduct,
  runImport,
  type Application,
  type ImportReport,
} from '@rapport/platform';
import { EXIT, NotThere, Usage } from '../exits';
import { importText } from '../import-text';
import { Progress } from '../progress';
import type { Session } from '../session';
import type { Terminal } from '../terminal';

export interface ToldImport extends Omit<ImportReport, 'rejects'> {
  readonly rejects: { readonly lines: number; readonly file: string | null };
  /** What policies wanted and were refused, by policy and code. */
  readonly policiesRefused: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly commandsPerSecond: number;
}

export const importCommand = (session: Session): Command =>
  new Command('import')
    .description('Replay a foreign log through the ordinary commands, the clock driven by the log')
    .argument('<dataset>', imports.map(({ dataset }) => dataset).join(', '))
    .argument('<file>', 'CSV, plain or gzip')
    .addHelpText('after', help)
    .action(async (dataset: string, file: string) => {
      const told = await imported(session, dataset, file);
      session.answer(told, importText);
      if (told.rejects.lines > 0 || told.replayed.refused.length > 0) session.findings();
      if (!told.replayed.complete) session.code = EXIT.interrupted;
    });

const imported = async (session: Session, dataset: string, file: string): Promise<ToldImport> => {
  const of = datasetNamed(dataset);
  if (!existsSync(file)) throw new NotThere(`${file} does not exist`);
  const refused: Record<string, number> = {};
  let failure: unknown = null;
  const application = await openProduct(session.settings, 'standalone', {
    ...{ pace: BULK, durable: 'atClose' },
    onFailure: (error) => (failure = error),
    onRefused: (policy, _, { code }) => {
      refused[`${policy}: ${code}`] = (refused[`${policy}: ${code}`] ?? 0) + 1;
    },
  });
  const { terminal } = session;
  const progress = new Progress(terminal, 'commands');
  terminal.listen();
  const folder = join(session.data, 'imports');
  const startedAt = performance.now();
  try {
    await application.reactions.start(); // policies and timers belong to the history; read models follow at the end
    const { rejects, ...report } = await runImport(of, file, targetIn(application), {
      journal: new FileJournal(join(folder, `${dataset}.unchanged`)),
      onProgress: ({ done, all, at }) => progress.show(done, all, `at ${at.slice(0, 10)}`),
      stopped: () => terminal.stopped(),
    });
    await followed(application, terminal);
    const seconds = round((performance.now() - startedAt) / 1_000);
    const commandsPerSecond = Math.round((report.replayed.created + report.replayed.repeated) / seconds);
    return {
      ...report,
      rejects: kept(rejects, folder, dataset),
      policiesRefused: refused,
      seconds,
      commandsPerSecond,
    };
  } catch (error) {
    throw failure ?? error;
  } finally {
    progress.end();
    await application.stop();
  }
};

const targetIn = (application: Application) => ({
  execute: application.execute,
  settle: () => application.reacted(),
  timers: application.timers,
});

const FOLLOW_MS = 500;

/** The read models catch up with everything that was stored. */
const followed = async (application: Application, terminal: Terminal): Promise<void> => {
  const progress = new Progress(terminal, 'events');
  const { projections, store } = application;
  const head = await store.log.head();
  await projections.start();
  const all = await store.log.countAfter(projections.position());
  while (!(await projections.reached(head, FOLLOW_MS)) && projections.error === null)
    progress.show(all - (await store.log.countAfter(projections.position())), all, 'read models');
  progress.end();
  if (projections.error !== null) throw projections.error as Error;
};

const datasetNamed = (name: string) => {
  const found = imports.find(({ dataset }) => dataset === name);
  if (found) return found;
  const names = imports.map(({ dataset }) => dataset);
  const near = namesNear(name, names);
  throw new Usage(
    `there is no data set ${name}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : `: ${names.join(', ')}`}`,
  );
};

/** One line a reject: where, why, and what stood there. */
const kept = (rejects: ImportReport['rejects'], folder: string, dataset: string): ToldImport['rejects'] => {
  if (rejects.length === 0) return { lines: 0, file: null };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${dataset}.rejects.csv`);
  const lines = rejects.map(({ line, reason, text }) =>
    [String(line), quoted(reason), quoted(text)].join(','),
  );
  writeFileSync(file, `${['line,reason,text', ...lines].join('\n')}\n`);
  return { lines: rejects.length, file };
};
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const round = (seconds: number): number => Math.round(seconds * 10) / 10;

const help = (): string => `
Data sets:
${imports.map(({ dataset, about }) => `  ${dataset}\n    ${about}`).join('\n')}

Run again it changes nothing: every command is known by its id. Broken lines are set aside in
<data>/imports/<dataset>.rejects.csv with their line number and the reason.

Examples:
  rapport import incidents incidents.csv.gz
  rapport import helpdesk helpdesk.csv --data /var/lib/rapport --json`;
