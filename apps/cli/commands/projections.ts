import { Command } from 'commander';
import { modelStates } from '../model-states';
import type { Session } from '../session';
import { table } from '../tables';
import { rebuildCommand } from './projections-rebuild';

export const projectionsCommand = (session: Session): Command =>
  new Command('projections')
    .description('The read models: how far they are, and building them anew')
    .addCommand(listCommand(session))
    .addCommand(statusCommand(session))
    .addCommand(rebuildCommand(session, 'rebuild'))
    .addCommand(rebuildCommand(session, 'compare'));

const listCommand = (session: Session): Command =>
  new Command('list').description('Every read model and the question it answers').action(async () => {
    const models = await session.reading(({ plan }) =>
      Promise.resolve(
        plan.readModels.map(({ name, question, version, about, past, table: { columns } }) => ({
          ...{ model: name, question, version, about, history: past !== null, columns: Object.keys(columns) },
          rollups: plan.rollups.filter(({ of }) => of === name).map((rollup) => rollup.table.name),
        })),
      ),
    );
    session.answer(models, (all) =>
      table(
        ['model', 'history', 'question'],
        all.map(({ model, history, about }) => [model, history ? 'yes' : '', about]),
      ),
    );
  });

const statusCommand = (session: Session): Command =>
  new Command('status')
    .description('Position, lag, rows and parked events of every read model and policy')
    .addHelpText('after', '\nExample:\n  rapport projections status --json')
    .action(async () =>
      session.answer(await session.reading(modelStates), (states) =>
        table(
          ['model', 'kind', 'position', 'events behind', 'rows', 'parked'],
          states.map(({ model, kind, position, lag, rows, parked }) => [
            model,
            kind,
            position,
            lag,
            rows,
            parked,
          ]),
        ),
      ),
    );
