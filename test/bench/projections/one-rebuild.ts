import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { declaredIn, Hand, Rebuilds, type CopyBuilt, type RebuildProgress } from '@rapport/kernel';
import { openOperating, rebuildsOf, type Application } from '@rapport/platform';
import { rowsWritten } from './every-thread';
import { profiled, topOf } from './profile';
import type { DataPlace } from './measured-store';

/** What is to be rebuilt, and in how many threads. */
export interface Order {
  readonly place: DataPlace;
  readonly threads?: number;
  /** Where the profile is written; then it is done in this thread, and its summary goes to standard error. */
  readonly cpuProfile?: string;
}
/** How it went, in a process that did nothing else. */
export interface Done {
  readonly threads: number;
  readonly seconds: number;
  /** Of these seconds: until the copies stood in the place of the live models. */
  readonly switchSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Rows written: those of the models, their versions and the figures over them. */
  readonly rows: number;
}
const TELL_EVERY_MS = 10_000;
const TOP = 25;
const BY = 'bench';

/** As `rapport projections rebuild --all --switch` does it. The threads have been started: here they first translate TypeScript. */
const rebuilt = async ({ place, threads, cpuProfile }: Order): Promise<Done> => {
  const application = await openOperating(place);
  const models = application.plan.readModels.map(({ name }) => name);
  const { rebuilds, crew } =
    cpuProfile === undefined ? await rebuildsOf(application, place, BY, { threads }) : inHere(application);
  const written = rowsWritten();
  const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
  const { profile } = await profiled(cpuProfile !== undefined, async () => {
    assertWhole(await rebuilds.build(models, { onProgress: progress(startedAt) }));
  });
  const builtFor = performance.now() - startedAt;
  await rebuilds.switch(models);
  const [took, used] = [performance.now() - startedAt, process.cpuUsage(cpu)];
  await crew.close();
  await application.stop();
  if (cpuProfile !== undefined && profile) {
    writeFileSync(cpuProfile, JSON.stringify(profile));
    process.stderr.write(`${topOf(profile, TOP)}\n`);
  }
  return {
    ...{ threads: crew.hands, rows: written.count() },
    ...{ seconds: took / 1_000, switchSeconds: (took - builtFor) / 1_000 },
    ...{ cpuSeconds: (used.user + used.system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1_024 },
  };
};

/** Events that a model sets aside cost nothing: a log that this program does not understand would look fast. */
const assertWhole = (built: readonly CopyBuilt[]): void => {
  const wrong = built.filter(({ state, parked }) => state !== 'complete' || parked > 0);
  const told = wrong.map(({ model, state, parked }) => `${model} is ${state} with ${parked} events parked`);
  if (wrong.length > 0) throw new Error(told.join('; '));
};

/** In this thread, where it can be profiled. */
const inHere = ({ rows, store, plan, member }: Application) => {
  const declared = declaredIn(plan.readModels, plan.rollups);
  const crew = new Hand({ rows, store }, declared);
  const party = { by: BY, member, hasEnded: () => true, keeperHasEnded: () => true };
  return { crew, rebuilds: new Rebuilds({ rows, store }, declared, crew, party) };
};

const progress = (startedAt: number) => {
  let toldAt = startedAt;
  return ({ events, eventsAll }: RebuildProgress): void => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    const perSecond = Math.round((events / (now - startedAt)) * 1_000);
    process.stderr.write(`  ${Math.round(events)} of ${eventsAll} events, ${perSecond} a second\n`);
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
