import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { openWorkshop } from '@rapport/platform';
import { modelNamed } from './model-names';

/** A process to be killed: it rebuilds everything slowly, or compares one model again and again, beside whoever runs there. */
const [folder = '', what = 'build', eventsPerSecond = '1000'] = process.argv.slice(2);
/** Whoever kills it wants to see soon that the pause has ended. */
const PAUSE_MS = 3_000;

const main = async (): Promise<void> => {
  const how = { threads: 2, still: { pauseMs: PAUSE_MS } };
  const { application, rebuilds } = await openWorkshop({ folder }, 'victim', how);
  const models = application.plan.readModels.map(({ name }) => name);
  writeSync(1, 'ready\n');
  const pace = { eventsPerSecond: Number(eventsPerSecond) };
  await rebuilds.build(what === 'build' ? models : [modelNamed('value')], what === 'build' ? pace : {});
  writeSync(1, 'built\n');
  while (what === 'compare') await rebuilds.compare([modelNamed('value')]);
};
void main();
