import { Command } from 'commander';
import { Rebuild, type Projection, type Rebuilt } from '@rapport/kernel';
import { assertThere, namesNear, openProduct, type Application } from '@rapport/platform';
import { InUse, Usage } from '../exits';
import { Progress } from '../progress';
import type { Session } from '../session';
import { shown, table } from '../tables';

interface Options {
  readonly all?: boolean;
  readonly compare?: boolean;
  readonly switch?: boolean;
}
interface Told {
  readonly models: readonly string[];
  readonly events: number;
  readonly seconds: number;
  /** Null: nobody asked for a comparison. */
  readonly identical: boolean | null;
  readonly comparisons: readonly Rebuilt[];
  readonly switched: boolean;
}

/** `rebuild`, and `compare`, which is `rebuild --compare`. */
export const rebuildCommand = (session: Session, name: 'rebuild' | 'compare'): Command => {
  const command = new Command(name)
    .description(
      name === 'rebuild'
        ? 'Fold read models anew beside the live ones; compare them, put them in their place, or both'
        : 'Fold read models anew and compare them row by row with the live ones (rebuild --compare)',
    )
    .argument('[models...]', 'questions or models, such as ticket-queue or ticket-queue@1')
    .option('--all', 'every read model');
  if (name === 'rebuild')
    command
      .option('--compare', 'compare row by row; exit code 1 when something differs')
      .option('--switch', 'put the new ones in the place of the live ones');
  return command.addHelpText('after', help).action(async (names: readonly string[], options: Options) => {
    const wanted = name === 'compare' ? { ...options, compare: true } : options;
    if (!wanted.compare && !wanted.switch)
      throw new Usage('say what is to become of it: --compare, --switch, or both');
    const told = await rebuilt(session, names, wanted);
    session.answer(told, text);
    if (told.identical === false) session.findings();
  });
};

/** Nothing else may write meanwhile, or live and new would differ by what came in between: where others can, that is noticed. */
const rebuilt = async (session: Session, names: readonly string[], options: Options): Promise<Told> => {
  const { place, settings } = session;
  assertThere(place);
  let failure: unknown = null;
  const onFailure = (error: unknown) => (failure = error);
  const application = await openProduct(settings, place.eventStoreDb ? 'projector' : 'standalone', {
    onFailure,
  });
  const progress = new Progress(session.terminal, 'events');
  const startedAt = performance.now();
  try {
    const models = modelsNamed(application, names, options.all === true);
    await application.start();
    await application.settle();
    const rebuild = new Rebuild(application, models, application.plan.rollups);
    let events = 0;
    await rebuild.run(({ events: done, eventsAll }) => {
      events = eventsAll;
      progress.show(done, eventsAll);
    });
    const comparisons = options.compare ? await compared(application, rebuild) : [];
    await (options.switch ? rebuild.switch() : rebuild.discard());
    return {
      ...{
        models: models.map((model) => model.name),
        events,
        comparisons,
        switched: options.switch === true,
      },
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      identical: options.compare ? comparisons.every(({ identical }) => identical) : null,
    };
  } catch (error) {
    throw failure ?? error;
  } finally {
    progress.end();
    await application.stop();
  }
};

const compared = async ({ store }: Application, rebuild: Rebuild): Promise<readonly Rebuilt[]> => {
  const comparisons = await rebuild.compare();
  const [position] = comparisons.map((one) => one.position);
  if (comparisons.every(({ identical }) => identical) || position === (await store.log.head()))
    return comparisons;
  throw new InUse('events came in while rows were compared: stop what sends commands, and run it again');
};

const modelsNamed = (
  { plan }: Application,
  names: readonly string[],
  all: boolean,
): readonly Projection[] => {
  if (all === names.length > 0) throw new Usage('name the models to rebuild, or say --all');
  if (all) return plan.readModels;
  return names.map((name) => {
    const found = plan.readModels.find((model) => model.name === name || model.question === name);
    if (found) return found;
    const near = namesNear(
      name,
      plan.readModels.map(({ question }) => question),
    );
    throw new Usage(
      `there is no read model ${name}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`,
    );
  });
};

const text = ({ comparisons, identical, switched, models, events, seconds }: Told): string => {
  const tables = comparisons.flatMap((one) => one.comparisons);
  return [
    `${models.length} read models folded anew from ${shown(events)} events in ${shown(seconds)} s`,
    ...(identical === null
      ? []
      : [
          table(
            ['table', 'rows', 'differing'],
            tables.map((one) => [one.table, one.rows, one.differing]),
          ),
        ]),
    ...tables.flatMap((one) => one.examples.map((example) => `${one.table}: ${JSON.stringify(example)}`)),
    ...(identical === null ? [] : [identical ? 'identical' : 'THEY DIFFER']),
    ...(switched ? ['the new ones are live'] : []),
  ].join('\n');
};

const help = `
Examples:
  rapport projections rebuild --all --compare
  rapport projections rebuild ticket-queue --switch`;
