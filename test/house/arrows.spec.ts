import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** A small house in which each file breaks one rule: who imports what, and the rule that must notice. */
const breaches: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['libs/kernel/ids.ts', '@rapport/domain', 'kernel-knows-nothing-of-ours'],
  ['libs/kernel/feed.ts', 'node:fs', 'kernel-knows-nothing-of-ours'],
  ['libs/kernel/spec.ts', 'node:fs', 'kernel-spec-language'],
  ['libs/domain/team/team.decider.ts', 'node:fs', 'domain-uses-kernel-only'],
  ['libs/domain/team/team.state.ts', '@rapport/read-models', 'domain-uses-kernel-only'],
  ['libs/domain/team/team.roles.ts', '@rapport/domain/values', 'no-own-door'],
  ['libs/domain/team/team.values.ts', './team.roles', 'suffix-values'],
  ['libs/domain/team/team.events.ts', './team.roles', 'suffix-events'],
  ['libs/domain/team/team.commands.ts', './team.roles', 'suffix-commands'],
  ['libs/read-models/team/team.fold.ts', '@rapport/domain/commands', 'read-models-read-events'],
  ['libs/read-models/team/seat.fold.ts', '../../domain/events', 'enter-by-the-door'],
  ['libs/read-models/team/team.projection.ts', './seat.projection', 'suffix-projection'],
  ['libs/read-models/team/seat.projection.ts', '@rapport/policies', 'read-models-read-events'],
  ['libs/read-models/team/team.question.ts', '@rapport/domain', 'read-models-read-events'],
  ['libs/read-models/team/team.rules.ts', './team.projection', 'suffix-rules'],
  ['libs/policies/one.policy.ts', './two.policy', 'suffix-policy'],
  ['libs/policies/two.policy.ts', '@rapport/read-models', 'policies-turn-events-into-commands'],
  ['libs/integration/publish.ts', '@rapport/read-models', 'integration-speaks-for-the-domain'],
  ['libs/adapters/memory/log.ts', '@rapport/adapters/sqlite', 'adapter-memory-knows-its-driver'],
  ['libs/adapters/sqlite/log.ts', '@rapport/domain/events', 'adapter-sqlite-knows-its-driver'],
  ['libs/platform/storage.ts', '@rapport/kernel/spec', 'spec-language-in-specs-only'],
  ['libs/platform/wiring.ts', '../../apps/api/main', 'nobody-uses-a-host'],
  ['libs/platform/broken.ts', './nowhere', 'resolvable'],
  ['libs/platform/first.ts', './second', 'no-circles'],
  ['libs/platform/second.ts', './first', ''],
  ['libs/platform/shared.ts', './shared.spec', 'specs-are-leaves'],
  ['libs/platform/shared.spec.ts', '@rapport/kernel', ''],
  ['libs/policies/reach.spec.ts', '@rapport/platform', 'specs-are-modest'],
  ['apps/api/main.ts', '@rapport/domain', 'apps-are-thin'],
  ['apps/relay/main.ts', '../../libs/platform/storage', 'enter-by-the-door-from-outside'],
];
const doors = [
  'kernel/index',
  'domain/index',
  'domain/events',
  'domain/commands',
  'domain/values',
  'read-models/index',
]
  .concat([
    'policies/index',
    'integration/index',
    'adapters/memory/index',
    'adapters/sqlite/index',
    'platform/index',
  ])
  .map((door) => `libs/${door}.ts`);

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

describe('the arrows of the house', () => {
  const house = mkdtempSync(join(tmpdir(), 'rapport-arrows-'));
  const found = new Set<string>();

  beforeAll(() => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      copyFileSync(join(ROOT, file), join(house, file));
    for (const door of doors) put(door, 'export const door = true;\n');
    for (const [file, imports] of breaches)
      put(file, `import * as it from '${imports}';\nexport const its = it;\n`);
    const argv = [CRUISER, 'apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: house, encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    for (const { from, rule } of (JSON.parse(stdout) as Cruise).summary.violations)
      found.add(`${from} ${rule.name}`);
  }, 60_000);
  afterAll(() => rmSync(house, { recursive: true }));

  const put = (file: string, text: string) => {
    mkdirSync(join(house, dirname(file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };

  test.each(breaches.filter(([, , rule]) => rule !== ''))('%s may not import %s', (file, _imports, rule) => {
    expect(found).toContain(`${file} ${rule}`);
  });

  test('nothing is said of those who keep to them', () => {
    const breakers = new Set(breaches.filter(([, , rule]) => rule !== '').map(([file]) => file));
    expect([...found].filter((line) => !breakers.has(line.split(' ')[0] ?? ''))).toEqual([]);
  });
});
