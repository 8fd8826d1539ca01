import 'reflect-metadata';
import { openEmbedded, runStandalone, stopOnSignals } from '@rapport/platform';

/** The whole product in one process on one data folder: API, read models, policies and timers. */
const main = async (): Promise<void> => {
  const service = await runStandalone(({ settings, onFailure, onRefused }) =>
    openEmbedded({ folder: settings.RAPPORT_DATA, onFailure, onRefused }),
  );
  if (service) stopOnSignals(service);
};

void main();
