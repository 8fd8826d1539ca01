import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A refusal that no spec names is a sentence that nobody has heard: it may be wrong, or never said. */
const ROOT = join(__dirname, '../..');
const filesIn = (...folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => join(ROOT, folder, file)),
  );
const textOf = (file: string): string => readFileSync(file, 'utf8');
const isSpec = (file: string): boolean => file.endsWith('.spec.ts');

/** Said outright, given to what refuses with it, or a row of a table of rules with the field that is wrong. */
const SAID = [
  /\b(?:refuse|reject|assert\w+)\(\s*'([A-Z][A-Z0-9_]+)'/g,
  /\bcode: '([A-Z][A-Z0-9_]+)',\s+field:/g,
] as const;
const codesIn = (text: string): readonly string[] =>
  SAID.flatMap((said) => [...text.matchAll(said)].map(([, code]) => code ?? ''));

const codes = [
  ...new Set(
    filesIn('libs/domain')
      .filter((file) => !isSpec(file))
      .flatMap((file) => codesIn(textOf(file))),
  ),
].sort();
const specs = filesIn('libs', 'apps', 'test').filter((file) => isSpec(file) && file !== __filename);

it('every code of a refusal is named by a spec', () => {
  expect(codes).toContain('TICKET_CLOSED');
  const named = new Set(specs.flatMap((file) => textOf(file).match(/(?<=')[A-Z][A-Z0-9_]+(?=')/g) ?? []));
  expect(codes.filter((code) => !named.has(code))).toEqual([]);
});
