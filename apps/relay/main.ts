import 'reflect-metadata';
import { openProduct, runHost, stopOnSignals } from '@rapport/platform';

/** What follows by itself: policies send commands, timers fire. */
const main = async (): Promise<void> => {
  const service = await runHost('relay', openProduct);
  if (service) stopOnSignals(service);
};

void main();
