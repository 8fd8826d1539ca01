/**
 * Compares the program with a catalogue of what shall be built, where there is one: how much of each system stands,
 * and whether the program has a word that nobody asked for. A word of our own says
 * `(internal)`, when only policies use it, or `(added)` at the end of its sentence.
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT, readMessages } = require('./messages.cjs');

const FILE = process.env.RAPPORT_CATALOGUE ?? join(ROOT, '../shared/catalogue.json');

/** `CustomerProfileView` is asked for as `customer-profile`. */
const questionOf = (name) =>
  name
    .replace(/View$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

const questionsIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => /\.(projection|rollups?|queries|questions?|report)\.ts$/.test(name))
        .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\bname: '([a-z0-9-]+)'/g)])
        .map(([, name]) => name)
    : [];

const ours = ({ sentence }) => /\((internal|added)\)\.?$/.test(sentence);

const share = (wanted, built) => `${wanted.filter((name) => built.has(name)).length}/${wanted.length}`;

const compare = (systems) => {
  const messages = readMessages().messages.filter(({ kind }) => kind !== 'part');
  const built = new Set(messages.map(({ name }) => name));
  const questions = new Set(questionsIn(join(ROOT, 'libs/read-models')));
  const models = new Set(
    systems.flatMap(({ readModels }) => readModels).filter((n) => questions.has(questionOf(n))),
  );
  const ahead = [];
  for (const { system, name, commands, events, readModels } of systems) {
    const missing = [...commands, ...events].filter((word) => !built.has(word));
    const counts = `commands ${share(commands, built)}, events ${share(events, built)}, read models ${share(readModels, models)}`;
    if (missing.length === commands.length + events.length) ahead.push(`${system} ${name}`);
    else console.log(`${system} ${counts}${missing.length > 0 ? `; not built: ${missing.join(' ')}` : ''}`);
  }
  if (ahead.length > 0) console.log(`not begun (${ahead.length}): ${ahead.join('; ')}`);
  const asked = new Set(systems.flatMap(({ commands, events }) => [...commands, ...events]));
  return messages.filter((message) => !asked.has(message.name) && !ours(message));
};

const main = () => {
  if (!existsSync(FILE)) return console.log('no catalogue to compare with: skipped');
  const unasked = compare(JSON.parse(readFileSync(FILE, 'utf8')));
  for (const { name, kind, file } of unasked)
    console.error(
      `${file}: the ${kind} ${name} is not in the catalogue, and its sentence ends neither in (internal) nor in (added)`,
    );
  process.exitCode = unasked.length > 0 ? 1 : 0;
};

main();
