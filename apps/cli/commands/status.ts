import { existsSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { START, type Position } from '@rapport/kernel';
import { filesIn, sizesOnServer, standingsOf, type Application, type Place } from '@rapport/platform';
import { holderOf } from '../holder';
import type { Session } from '../session';
import { standingsTable } from '../standings-table';
import { shown } from '../tables';

export const statusCommand = (session: Session): Command =>
  new Command('status')
    .description('What is in the data folder, how far the read models are, and who has it')
    .addHelpText('after', '\nExample:\n  rapport status --data /var/lib/rapport --json')
    .action(async () =>
      session.answer(await session.reading((application) => statusOf(application, session)), told),
    );

const statusOf = async (application: Application, { place, looking }: Session) => {
  const { log } = application.store;
  const isEmbedded = !place.eventStoreDb;
  return {
    folder: place.folder,
    driver: log.driver,
    rows: application.rows.driver,
    holder: holderOf(place),
    /** An estimate above some thousands where the log is on a server. */
    events: await log.countAfter(START),
    /** Null: to count them, a server would have to send the whole log. */
    streams: isEmbedded ? await streamsIn(application) : null,
    head: String(await log.head()),
    models: await standingsOf(application, { ...looking, counting: true }),
    nextTimer: await nextTimer(application),
    /** In bytes, by file, or by schema on a server. */
    files: { ...sizesOf(place), ...(await sizesOnServer(application.plan)) },
  };
};
type Status = Awaited<ReturnType<typeof statusOf>>;

const BATCH = 10_000;

/** Every stream has exactly one first event. */
const streamsIn = async ({ store }: Application): Promise<number> => {
  let streams = 0;
  for (let at: Position = START; ;) {
    const events = await store.log.readAll(at, BATCH);
    streams += events.filter(({ revision }) => revision === 0).length;
    const last = events.at(-1);
    if (!last || events.length < BATCH) return streams;
    at = last.position;
  }
};

/** The earliest timer of all policies. */
const nextTimer = async ({ plan, rows }: Application) => {
  const where = [['dueAt', '!=', null] as const];
  const first = plan.policies.map(async ({ name, table: memory }) => {
    const [row] = await rows.find(memory, { where, orderBy: { column: 'dueAt' }, limit: 1 });
    return row
      ? [{ policy: name, key: row.key, dueAt: String(row['dueAt']), command: String(row['dueType']) }]
      : [];
  });
  const timers = (await Promise.all(first)).flat();
  return timers.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0] ?? null;
};

const sizesOf = (place: Place): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.values(filesIn(place))
      .flatMap((file) => [file, `${file}-wal`])
      .filter((file) => existsSync(file))
      .map((file) => [file, statSync(file).size]),
  );

const MEGABYTE = 1_048_576;
const told = ({ models, files, nextTimer: timer, holder, ...rest }: Status): string =>
  [
    `${rest.folder} (${rest.driver})`,
    `  rows: ${rest.rows}`,
    ...contentsOf(rest, holder),
    `  next timer: ${timer ? `${timer.dueAt} ${timer.command} for ${timer.key} (${timer.policy})` : 'none'}`,
    ...Object.entries(files).map(
      ([file, bytes]) => `  ${file}: ${shown(Math.round((bytes / MEGABYTE) * 10) / 10)} MB`,
    ),
    '',
    standingsTable(models),
  ].join('\n');

const contentsOf = (
  { events, streams, head }: Pick<Status, 'events' | 'streams' | 'head'>,
  holder: Status['holder'],
) =>
  streams === null
    ? [`  about ${shown(events)} events, head ${head}; streams are not counted on a server`]
    : [
        `  ${shown(events)} events in ${shown(streams)} streams, head ${head}`,
        `  ${holder ? `held by process ${holder.pid} since ${holder.since} (${holder.command})` : 'held by nobody'}`,
      ];
