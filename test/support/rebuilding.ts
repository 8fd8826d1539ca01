import {
  declaredIn,
  Hand,
  keepersOf,
  Rebuild,
  Rebuilds,
  type Crew,
  type Party,
  type StillLimits,
} from '@rapport/kernel';
import type { Application } from '@rapport/platform/application';
import { send } from './jar-application';
import { FillJar, OpenJar } from './jars';
import { until } from './patience';

/** Rebuilds beside an application that runs in this process, in this thread. */
export const rebuildsBeside = (
  app: Application,
  party: Partial<Party> = {},
  limits: Partial<StillLimits> = {},
): Rebuilds => {
  const { rows, store, plan } = app;
  const declared = declaredIn(plan.readModels, plan.rollups);
  const crew = new Hand({ rows, store }, declared);
  return new Rebuilds({ rows, store }, declared, crew, { by: 'ann', member: 'here/1/a', ...party }, limits);
};
/** The same with a crew of a test's own. */
export const rebuildsWith = (app: Application, dressed: (crew: Crew) => Crew): Rebuilds => {
  const { rows, store, plan } = app;
  const declared = declaredIn(plan.readModels, plan.rollups);
  const crew = dressed(new Hand({ rows, store }, declared));
  return new Rebuilds({ rows, store }, declared, crew, { by: 'ann', member: 'here/1/a' });
};

/** Fills jars without a pause until it is told to stop; answers how many drops went into them. */
export const writer = (app: Application, name: string) => {
  let [stopped, drops, n] = [false, 0, 0];
  const run = async (): Promise<number> => {
    for (; !stopped; n++) {
      const jarId = `${name}-${Math.floor(n / 20)}`;
      if (n % 20 === 0) await send(app, `${name}/open/${n}`, OpenJar.of({ jarId, color: 'red' }));
      await send(app, `${name}/${n}`, FillJar.of({ jarId, drops: 1 + (n % 7) }));
      drops += 1 + (n % 7);
      await new Promise((go) => setTimeout(go, 1));
    }
    return drops;
  };
  const running = run();
  return {
    written: () => n,
    stop: (): Promise<number> => {
      stopped = true;
      return running;
    },
  };
};

/** Everybody has read everything: also those who were paused a moment ago. */
export const caughtUp = async ({ plan, rows, store }: Application): Promise<void> => {
  const head = await store.log.head();
  for (const keeper of plan.readModels.flatMap(({ name }) => keepersOf(name, rows.lanes)))
    await until(`${keeper} has read everything`, async () => (await rows.position(keeper)) >= head);
};

/** Everything that is live, held against a replay from the first event; the names of what differs. */
export const differingFromReplay = async (app: Application): Promise<readonly string[]> => {
  await caughtUp(app);
  const { rows, store, plan } = app;
  const rebuild = new Rebuild({ rows, store }, plan.readModels, plan.rollups);
  await rebuild.run();
  const compared = await rebuild.compare();
  await rebuild.discard();
  return compared.flatMap(({ comparisons }) =>
    comparisons.filter(({ differing }) => differing > 0).map(({ table }) => table),
  );
};
