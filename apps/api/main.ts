import 'reflect-metadata';
import { openProduct, runHost, stopOnSignals } from '@rapport/platform';

/** Commands in, questions answered. Read models and policies run elsewhere, on the same log and rows. */
const main = async (): Promise<void> => {
  const service = await runHost('api', openProduct);
  if (service) stopOnSignals(service);
};

void main();
