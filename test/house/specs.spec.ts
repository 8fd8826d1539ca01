import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEARER } from '@rapport/kernel/spec';
import { policies } from '@rapport/policies';
import { readModels } from '@rapport/read-models';

/** What specs say is played again by the loops: whatever no spec speaks of in their language would be left out, unseen. */
const textsIn = (library: string, ending: string): readonly string[] => {
  const folder = join(__dirname, '../../libs', library);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(ending),
  );
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
};
const declared = (library: string, ending: string, maker: string): readonly string[] =>
  textsIn(library, ending).flatMap((text) =>
    [...text.matchAll(new RegExp(`^export const (\\w+) = ${maker}\\(`, 'gm'))].map(([, name]) => name ?? ''),
  );
const spokenOf = (library: string, words: string): readonly string[] =>
  textsIn(library, '.spec.ts').flatMap((text) =>
    [...text.matchAll(new RegExp(`\\b${words}\\((\\w+)\\)`, 'g'))].map(([, name]) => name ?? ''),
  );

describe('the specs', () => {
  const models = declared('read-models', '.projection.ts', 'projection');
  const reacting = declared('policies', '.policy.ts', 'policy');

  it('are heard, so that what they say can be played again', () => {
    expect(Reflect.get(globalThis, HEARER)).toBeDefined();
  });
  it('know all that there is', () => {
    expect([models.length, reacting.length]).toEqual([readModels.length, policies.length]);
  });
  it.each(models)('say what rows %s has', (name) => {
    expect(spokenOf('read-models', 'rowsOf')).toContain(name);
  });
  it.each(reacting)('say what %s does', (name) => {
    expect(spokenOf('policies', 'reactionsOf')).toContain(name);
  });
});
