import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '@rapport/kernel';
import { exampleOf } from './example';
import { events, FOLDER, goldenFile } from './golden-files';

/** `npm run golden:new`: freezes an example of every event whose present version has none. Never touches a file that is there. */
test('every event that had no golden file has one now', () => {
  for (const [type, messageClass] of Object.entries(events)) {
    const file = join(FOLDER, goldenFile(type, versionOf(messageClass)));
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(exampleOf(messageClass), null, 2)}\n`);
  }
});
