import { writeSync } from 'node:fs';
import { jarApplication, send, sqliteStores, storesOn } from './jar-application';
import { FillJar, OpenJar, SealJar } from './jars';

/**
 * A process to be killed: sixteen writers on a few jars, everything live, each acknowledged command told at once. Rows and
 * keys are in the folder; so is the log, unless a server is named, with a namespace on it.
 */
const [folder = '', run = '0', url, namespace] = process.argv.slice(2);
const WRITERS = 16;
const JARS = 12;
const COLORS = ['red', 'blue', 'green'];

const commandFor = (n: number): object => {
  const jarId = `j-${run}-${n % JARS}`;
  if (n < JARS) return OpenJar.of({ jarId, color: COLORS[n % COLORS.length] ?? 'red' });
  return n % 37 === 0 ? SealJar.of({ jarId, because: 'enough' }) : FillJar.of({ jarId, drops: 1 + (n % 9) });
};

const main = async (): Promise<void> => {
  const app = jarApplication(
    await (url === undefined ? sqliteStores(folder) : storesOn(url, namespace ?? '', folder)),
  );
  await app.start();
  writeSync(1, 'ready\n');
  let next = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const commandId = `${run}/${next}`;
      const command = commandFor(next++);
      const acknowledged = await send(app, commandId, command).then(
        ({ events }) => events.length > 0,
        () => false,
      );
      if (acknowledged) writeSync(1, `${commandId}\n`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
};
void main();
