import { Command } from 'commander';
import { columnsTold, type Application } from '@rapport/platform';
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
    const models = await session.reading(({ plan }) => Promise.resolve(listed(plan)));
    session.answer(models, (all) =>
      table(
        ['model', 'history', 'question'],
        all.map(({ model, history, about }) => [model, history ? 'yes' : '', about]),
      ),
    );
  });

const listed = ({ readModels, rollups }: Application['plan']) =>
  readModels.map(({ name, question, version, about, per, past, table: of }) => ({
    ...{ model: name, question, version, about, per, history: past !== null, columns: columnsTold(of) },
    rollups: rollups
      .filter((rollup) => rollup.of === name)
      .map((rollup) => ({
        ...{ rollup: rollup.table.name, about: rollup.about, columns: columnsTold(rollup.table) },
      })),
  }));

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
