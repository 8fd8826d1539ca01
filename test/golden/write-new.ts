import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '@rapport/kernel';
import { contracts } from '@rapport/integration';
import { contractFile, CONTRACTS_FOLDER, frozen, promiseOf, textOf } from './contract-files';
import { exampleOf } from './example';
import { events, FOLDER, goldenFile } from './golden-files';

/** `npm run golden:new`: freezes an example of every event whose present version has none. Never touches a file that is there. */
test('every event that had no golden file has one now', () => {
  for (const [type, messageClass] of Object.entries(events)) {
    const file = join(FOLDER, goldenFile(type, versionOf(messageClass)));
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(exampleOf(messageClass), null, 2)}\n`);
  }
});

test('every contract that had no golden file has one now', () => {
  for (const contract of contracts)
    if (frozen(contract) === null)
      writeFileSync(join(CONTRACTS_FOLDER, contractFile(contract)), textOf(promiseOf(contract)));
});
