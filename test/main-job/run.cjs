/** Imports each data set that is there into an empty folder, and checks what comes out: figures, rebuild, seals, a second import. */
const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const expected = require('./figures.cjs');

const CLI = join(__dirname, '../../dist/apps/cli/main.js');
/** The data sets are imported side by side, so many at once. */
const AT_ONCE = 2;

const samples = process.argv[2] ?? '../shared/data';
let passed = 0;
let failed = 0;

const main = async () => {
  const there = Object.entries(expected).filter(([, { file }]) => existsSync(join(samples, file)));
  const queue = there.values();
  const worker = async () => {
    for (const [dataset, of] of queue) await checked(dataset, of);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
};

const checked = async (dataset, of) => {
  const data = mkdtempSync(join(tmpdir(), 'rapport-main-job-'));
  const rapport = (...args) => answered([...args, '--data', data, '--json']);
  const check = (what, wanted, found, tolerance) => tell(`${dataset}: ${what}`, wanted, found, tolerance);
  try {
    await checkAll(dataset, of, rapport, check);
  } catch (error) {
    check(`broke: ${error.stack}`, 'no error', 'an error');
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
};

const checkAll = async (dataset, { file, imported, reports }, rapport, check) => {
  const first = await rapport('import', dataset, join(samples, file));
  checkImport(first, imported, check);
  for (const { ask, figures } of reports) {
    const { data } = await rapport(...ask);
    for (const [what, wanted, where, tolerance] of figures)
      check(what, wanted, found(where, data), tolerance);
  }
  check(
    'a rebuild is identical',
    true,
    (await rapport('projections', 'rebuild', '--all', '--compare')).identical,
  );
  const before = await rapport('audit', 'verify');
  check('the log is intact', true, before.intact);
  const again = await rapport('import', dataset, join(samples, file));
  const { created, repeated } = again.replayed;
  check('a second import stores nothing', [0, first.replayed.commands], [created, repeated]);
  check('and leaves the log as it was', before.sealHash, (await rapport('audit', 'verify')).sealHash);
  console.log(
    `       ${dataset}: ${first.seconds} s, ${first.commandsPerSecond} commands/s; again ${again.seconds} s`,
  );
};

const checkImport = (
  { rows: read, rejects, replayed, skipped: left },
  { rows, refused, late, skipped },
  check,
) => {
  check('lines read', rows, read);
  check('lines rejected', 0, rejects.lines);
  check('commands refused', refused, replayed.refused.length);
  check('timers found late', late, replayed.timersLate);
  for (const [reason, lines] of Object.entries(skipped))
    check(`lines skipped: ${reason}`, lines, left[reason]);
};

const found = (where, data) => {
  try {
    return where(data);
  } catch (error) {
    return String(error);
  }
};

const tell = (what, wanted, found, tolerance = 0) => {
  const right = isNear(wanted, found, tolerance);
  if (right) passed++;
  else failed++;
  console.log(
    `${right ? 'ok    ' : 'FAILED'} ${what}: ${JSON.stringify(found)}${right ? '' : `, expected ${JSON.stringify(wanted)}`}`,
  );
};
const isNear = (wanted, found, tolerance) =>
  typeof wanted === 'number' && typeof found === 'number'
    ? Math.abs(found - wanted) <= Math.abs(wanted) * tolerance
    : JSON.stringify(wanted) === JSON.stringify(found);

const answered = (args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, said] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (out === '') reject(new Error(`rapport ${args.join(' ')} ended with ${code}: ${said}`));
      else resolve(JSON.parse(out));
    });
  });

void main();
