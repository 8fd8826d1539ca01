import 'reflect-metadata';
import { openThreaded, runHost, stopOnSignals } from '@rapport/platform';

/** The whole product in one process: API, read models, policies and timers. The log is embedded, or on a server. */
const main = async (): Promise<void> => {
  const service = await runHost('standalone', openThreaded);
  if (service) stopOnSignals(service);
};

void main();
