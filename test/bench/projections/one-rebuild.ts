import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { Rebuild, type RowStore, type Write } from '@rapport/kernel';
import { planned } from '@rapport/platform';
import { modelsWith, readingIn, type History } from './place';
import { profiled, topOf } from './profile';
import { storeNamed } from './stores';

/** What is to be rebuilt, and where to. */
export interface Order {
  readonly folder: string;
  readonly store: string;
  readonly place: string;
  readonly history: History;
  /** Where the profile is written; then its summary goes to standard error. */
  readonly cpuProfile?: string;
}
/** How it went, in a process that did nothing else. */
export interface Done {
  readonly seconds: number;
  /** Of these seconds: until the new tables with their indexes stood in their place. */
  readonly switchSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Rows written by model: the rows, their versions and the figures over them. */
  readonly written: Readonly<Record<string, number>>;
}
const TELL_EVERY_MS = 10_000;
const TOP = 25;

const rebuilt = async ({ folder, store: name, place, history, cpuProfile }: Order): Promise<Done> => {
  const { store, close } = await readingIn(folder);
  const rows = await storeNamed(name).open(place);
  const written: Record<string, number> = {};
  const rebuild = new Rebuild({ rows: counting(rows, written), store }, modelsWith(history), planned.rollups);
  const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
  const { profile } = await profiled(cpuProfile !== undefined, () => rebuild.run(progress(startedAt)));
  const ranFor = performance.now() - startedAt;
  await rebuild.switch();
  const [took, used] = [performance.now() - startedAt, process.cpuUsage(cpu)];
  await rows.close();
  await close();
  if (cpuProfile !== undefined && profile) {
    writeFileSync(cpuProfile, JSON.stringify(profile));
    process.stderr.write(`${topOf(profile, TOP)}\n`);
  }
  return {
    ...{ seconds: took / 1_000, switchSeconds: (took - ranFor) / 1_000, written },
    ...{ cpuSeconds: (used.user + used.system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1_024 },
  };
};

/** The same store; what it writes is counted by model. */
const counting = (rows: RowStore, written: Record<string, number>): RowStore => {
  const count = ({ table }: Write): void => {
    const name = table.name.replace('~rebuild', '');
    written[name] = (written[name] ?? 0) + 1;
  };
  return Object.assign(Object.create(rows) as RowStore, {
    commit: (...commit: Parameters<RowStore['commit']>) => {
      commit[0].forEach(count);
      return rows.commit(...commit);
    },
  });
};

const progress = (startedAt: number) => {
  let toldAt = startedAt;
  return ({ events, eventsAll }: { readonly events: number; readonly eventsAll: number }): void => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const perSecond = Math.round((events / (now - startedAt)) * 1_000);
    process.stderr.write(`  ${events} of ${eventsAll} events, ${perSecond} a second\n`);
  };
};

if (require.main === module)
  rebuilt(JSON.parse(process.argv[2] ?? '{}') as Order).then(
    (done) => process.stdout.write(JSON.stringify(done), () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
