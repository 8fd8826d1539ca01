/**
 * The arrows of the house (docs/1-tour.md). There are no exemptions: where a rule is in the way, an idea is missing.
 * Every comment says what to do instead.
 */
const core = (names) => `^(node:)?(${names})$`;
const npm = (...names) => `^node_modules/(${names.join('|')})(/|$)`;
/** All of Node's modules. */
const ANY = '*';
const SPEC = '\\.spec\\.ts$';
const DOMAIN_DOORS = '^libs/domain/(events|commands|values|index)\\.ts$';

/** What each adapter may know beside the kernel: its driver. */
const drivers = {
  memory: { core: 'crypto|async_hooks' },
  sqlite: { npm: ['libsql', 'better-sqlite3', '@types/better-sqlite3', 'kysely'], core: ANY },
  eventstoredb: { npm: ['@eventstore/db-client', '@grpc/grpc-js'], core: ANY },
  postgres: { npm: ['pg', '@types/pg', 'pg-copy-streams', '@types/pg-copy-streams', 'kysely'], core: ANY },
  kafka: { npm: ['kafkajs', 'cloudevents'], core: ANY },
};

/** "This may use only that": `may` lists paths of ours, packages and Node's modules. Specs: see `specs-are-modest`. */
const only = (name, from, { ours, packages = [], node }, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: SPEC },
  to: {
    couldNotResolve: false,
    pathNot: [
      ...ours,
      ...(packages.length > 0 ? [npm(...packages)] : []),
      ...(node && node !== ANY ? [core(node)] : []),
    ],
    dependencyTypesNot: node === ANY ? ['core'] : [],
  },
});
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const libraries = [
  only(
    'kernel-knows-nothing-of-ours',
    '^libs/kernel/(?!spec\\.ts)',
    { ours: ['^libs/kernel/'], packages: ['class-validator'], node: 'crypto' },
    'The kernel is the grammar: class-validator and node:crypto, no more. What wants more belongs to an adapter.',
  ),
  only(
    'kernel-spec-language',
    '^libs/kernel/spec\\.ts$',
    { ours: ['^libs/kernel/'], node: 'assert|assert/strict' },
    'The language of the specs is plain functions over node:assert: no test framework, so that it runs in any.',
  ),
  only(
    'domain-uses-kernel-only',
    '^libs/domain/',
    { ours: ['^libs/domain/', '^libs/kernel/index\\.ts$'] },
    'The domain is pure: kernel and itself. Time, actor and outside knowledge come in as arguments (context, needs).',
  ),
  only(
    'read-models-read-events',
    '^libs/read-models/',
    { ours: ['^libs/read-models/', '^libs/kernel/index\\.ts$', '^libs/domain/(events|values)\\.ts$'] },
    'A reader knows what happened, never why: @rapport/domain/events and /values. Does the event not say enough? Then the event lacks a field.',
  ),
  only(
    'policies-turn-events-into-commands',
    '^libs/policies/',
    { ours: ['^libs/policies/', '^libs/kernel/index\\.ts$', '^libs/domain/(events|commands|values)\\.ts$'] },
    'A policy is event → commands. It remembers what it needs in its own columns; it reads no read model and no aggregate.',
  ),
  only(
    'integration-speaks-for-the-domain',
    '^libs/integration/',
    {
      ours: ['^libs/integration/', '^libs/kernel/index\\.ts$', DOMAIN_DOORS],
      packages: ['csv-parse'],
      node: ANY,
    },
    'What we tell others is made from events, never from read models: a contract must not change because a screen did.',
  ),
  ...Object.entries(drivers).map(([name, { npm: packages, core: node }]) =>
    only(
      `adapter-${name}-knows-its-driver`,
      `^libs/adapters/${name}/`,
      { ours: [`^libs/adapters/${name}/`, '^libs/kernel/index\\.ts$'], packages, node },
      'An adapter knows the kernel and its own driver: never another adapter, never the domain. Its driver is named in .dependency-cruiser.cjs.',
    ),
  ),
  only(
    'apps-are-thin',
    '^apps/(?!web/)',
    {
      ours: ['^apps/', '^libs/platform/index\\.ts$', '^libs/kernel/index\\.ts$'],
      packages: ['@nestjs', 'reflect-metadata', 'commander'],
      node: ANY,
    },
    'An app chooses modules of @rapport/platform, reads the config and starts. Wiring belongs to the platform.',
  ),
  never(
    'framework-stays-in-the-platform',
    { path: '^libs/', pathNot: '^libs/platform/' },
    { path: npm('@nestjs', 'fastify', 'rxjs', 'reflect-metadata') },
    'Only platform and apps know the framework: the rest must outlive it.',
  ),
  never(
    'nobody-uses-a-host',
    { path: '^libs/' },
    { path: '^(apps|test|scripts)/' },
    'Libraries are used by hosts and tests, never the other way round.',
  ),
];

const doors = [
  never(
    'enter-by-the-door',
    { path: '^libs/(adapters/[^/]+|[^/]+)/' },
    { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-tsconfig-paths'] },
    'Another library is entered by its door (@rapport/kernel, @rapport/domain/events …), never by a relative path.',
  ),
  never(
    'enter-by-the-door-from-outside',
    { path: '^(apps|test)/' },
    { path: '^libs/', dependencyTypesNot: ['aliased-tsconfig-paths'] },
    'A library is entered by its door (@rapport/…), by hosts and tests too. Is something missing there? Export it, or test it from inside.',
  ),
  never(
    'no-own-door',
    { path: '^libs/(adapters/[^/]+|[^/]+)/', pathNot: SPEC },
    { path: '^libs/$1/', dependencyTypes: ['aliased-tsconfig-paths'] },
    'Inside a library paths are relative: the door is for the others, and going out by it makes circles.',
  ),
];

const suffix = (name, from, to, comment) => never(`suffix-${name}`, { path: from }, to, comment);
const suffixes = [
  suffix(
    'values',
    '\\.values\\.ts$',
    { pathNot: ['^libs/kernel/index\\.ts$', '\\.values\\.ts$'] },
    '*.values.ts holds the words of the business: it needs the kernel and other values, nothing else.',
  ),
  suffix(
    'events',
    '\\.events\\.ts$',
    { pathNot: ['^libs/kernel/index\\.ts$', '\\.values\\.ts$'] },
    '*.events.ts is read like a table: kernel fields and values. A part that commands share lives in *.values.ts.',
  ),
  suffix(
    'commands',
    '\\.commands\\.ts$',
    { pathNot: ['^libs/kernel/index\\.ts$', '\\.values\\.ts$'] },
    '*.commands.ts is read like a table: kernel fields and values. A part that events share lives in *.values.ts.',
  ),
  suffix(
    'projection',
    '\\.projection\\.ts$',
    { path: '\\.(commands|decider|queries|question|projection|policy)\\.ts$' },
    'A projection folds events. It knows no command, no decider, no query, and no other projection: each reads the log for itself.',
  ),
  suffix(
    'rules',
    '\\.(rules|sla|grading|tiers)\\.ts$',
    { path: '\\.(commands|decider|projection|queries|question|policy)\\.ts$' },
    'A rule set is a table over plain values: whoever applies it comes to it, it goes to nobody.',
  ),
  suffix(
    'question',
    '\\.(queries|question)\\.ts$',
    { path: '\\.(commands|decider|policy)\\.ts$' },
    'A question reads rows: projections, rules and values.',
  ),
  suffix(
    'policy',
    '\\.policy\\.ts$',
    { path: '\\.(policy|projection|queries|question|decider)\\.ts$' },
    'A policy stands alone: event in, commands out. Another policy hears of it through the events that follow.',
  ),
];

const hygiene = [
  never(
    'specs-are-modest',
    { path: `^libs/(adapters/[^/]+|[^/]+)/.*${SPEC}` },
    { path: '^(libs/(adapters/(?!memory/)|platform/)|apps/)', pathNot: '^libs/$1/' },
    'A spec beside the code needs its library, the spec language and the memory adapters. What needs servers or hosts is a test under test/.',
  ),
  never(
    'specs-are-leaves',
    { path: '^(apps|libs|test)/' },
    { path: SPEC },
    'Nothing imports a spec: what two specs share lives beside them, or in test/support.',
  ),
  never(
    'spec-language-in-specs-only',
    { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/kernel/'] },
    { path: '^libs/kernel/spec\\.ts$' },
    '@rapport/kernel/spec is for specs.',
  ),
  never(
    'no-circles',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    'Two files that need each other are one file, or hide a third. (Types alone may point back: nothing is loaded.)',
  ),
  never(
    'declared-packages-only',
    { path: '^(apps|libs)/', pathNot: [SPEC, '^apps/web/'] },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    'What runs in production stands under dependencies of package.json, pinned.',
  ),
  never('resolvable', { pathNot: '^apps/web/' }, { couldNotResolve: true }, 'This import leads nowhere.'),
];

module.exports = {
  forbidden: [...libraries, ...doors, ...suffixes, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|apps/web)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types'],
    },
  },
};
