import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableDrivers } from '@rapport/adapters/sqlite';
import { ANALYSTS_FROM, analystContract } from '../contracts/analyst-queries.contract';
import { askedReadOnly } from '../support/sqlite-places';
import { storyFrom } from '../support/story';

analystContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-'));
  const told = await storyFrom(ANALYSTS_FROM, { id: 'ann', role: 'CRM_MANAGER' }, folder);
  const [driver = 'better-sqlite3'] = availableDrivers();
  const place = { file: join(folder, 'rows.sqlite'), driver };
  return { told, sql: (query) => Promise.resolve(askedReadOnly(place, query)) };
});
