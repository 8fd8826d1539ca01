import 'reflect-metadata';
import { openProduct, runHost, stopOnSignals } from '@rapport/platform';

/** Keeps read models, figures and seals up to date. Of two on the same rows one is ahead and the other follows. */
const main = async (): Promise<void> => {
  const service = await runHost('projector', openProduct);
  if (service) stopOnSignals(service);
};

void main();
