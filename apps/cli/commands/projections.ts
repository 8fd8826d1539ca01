import { Command } from 'commander';
import { columnsTold, type Application } from '@rapport/platform';
import type { Session } from '../session';
import { table } from '../tables';
import { parkedCommand } from './projections-parked';
import { pauseCommand, resumeCommand } from './projections-pause';
import { compareCommand, rebuildCommand } from './projections-rebuild';
import { statusCommand } from './projections-status';
import { discardCommand, rollbackCommand, switchCommand } from './projections-switch';

export const projectionsCommand = (session: Session): Command =>
  new Command('projections')
    .description(
      'The read models: how they are doing, pausing them, events that they could not read, building them anew',
    )
    .addCommand(listCommand(session))
    .addCommand(statusCommand(session))
    .addCommand(pauseCommand(session))
    .addCommand(resumeCommand(session))
    .addCommand(parkedCommand(session))
    .addCommand(rebuildCommand(session))
    .addCommand(compareCommand(session))
    .addCommand(switchCommand(session))
    .addCommand(rollbackCommand(session))
    .addCommand(discardCommand(session));

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
