/** Builds when dist is missing or older than anything it is made from. */
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
/** Written after a build that succeeded: files in dist alone do not say that all of them are there. */
const STAMP = join(ROOT, 'dist/.built');
const FILES = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
const FOLDERS = ['apps', 'libs'];

const changedAt = (path) => statSync(join(ROOT, path)).mtimeMs;
const sourcesIn = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(folder, join(entry.parentPath, entry.name).slice(join(ROOT, folder).length)));

const isStale = () => {
  if (!existsSync(STAMP)) return true;
  const built = statSync(STAMP).mtimeMs;
  const folders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder)));
  const sources = [...FILES.filter((file) => existsSync(join(ROOT, file))), ...folders.flatMap(sourcesIn)];
  return sources.some((source) => changedAt(source) > built);
};

const build = () => {
  console.error('Building (the sources are newer than dist) …');
  const startedAt = new Date();
  const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
  if (!existsSync(nest)) return fail('The build tools are not installed: run npm ci first.');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) return fail('The build failed: the messages above say where. Nothing was started.');
  // Dated to the start, so that a source saved while the build ran counts as newer.
  writeFileSync(STAMP, `${startedAt.toISOString()}\n`);
  require('node:fs').utimesSync(STAMP, startedAt, startedAt);
};

const fail = (message) => {
  console.error(message);
  process.exitCode = 1;
};

if (isStale()) build();
