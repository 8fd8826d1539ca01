/** Everything that can be said about the house without running it: `npm run check`. Two steps at a time. */
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const AT_ONCE = 2;
const bin = (path) => join(ROOT, 'node_modules', path);

const steps = [
  ['types', bin('typescript/bin/tsc'), '--noEmit'],
  ['eslint', bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
  ['arrows', bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'test'].concat([
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err-long',
  ]),
  ['prettier', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['docs', join(__dirname, 'generate-docs.cjs'), '--check'],
  ['catalogue', join(__dirname, 'compare-catalogue.cjs')],
];

/** What these say is worth reading when they pass, too. */
const TALKERS = new Set(['catalogue']);

const run = ([name, ...argv]) =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    const step = spawn(process.execPath, argv, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    step.stdout.on('data', (text) => (output += text));
    step.stderr.on('data', (text) => (output += text));
    step.on('error', (error) => (output += error.message));
    step.on('close', (code) => resolve({ name, passed: code === 0, output, ms: Date.now() - startedAt }));
  });

const report = ({ name, passed, output, ms }) => {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${(ms / 1000).toFixed(1)} s`);
  if ((!passed || TALKERS.has(name)) && output.trim()) console.log(output.trimEnd());
  return passed;
};

const work = async (queue, passed) => {
  for (let step = queue.shift(); step; step = queue.shift()) passed.push(report(await run(step)));
};

const main = async () => {
  const queue = [...steps];
  const passed = [];
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue, passed)));
  const failed = passed.filter((ok) => !ok).length;
  console.log(`check: ${passed.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
};

void main();
