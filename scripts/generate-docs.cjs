/**
 * Writes docs/3-events.md from the message classes, docs/7-read-models.md from the read models and docs/asyncapi.json from
 * the contracts; with --check only says whether they are fresh.
 */
require('reflect-metadata');
require('../test/support/typescript-hook.cjs');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT, readMessages } = require('./messages.cjs');
const { readModelsPage } = require('./read-models-page.cjs');

const HEAD = `# Events and commands

This page is written by \`npm run docs\` from the classes themselves; \`npm run check\` fails when it is stale.
A field marked *optional* may be absent. A field marked *personal* is sealed under the key of the person it names.
`;

const byName = (a, b) => (a.name < b.name ? -1 : 1);
const cell = (text) => text.replaceAll('|', '\\|');

const notesOf = ({ optional, personal, about }) =>
  [optional && '*optional*', personal && `*personal* of \`${personal}\``, about].filter(Boolean).join('; ');

const fieldsTable = (fields) =>
  fields.length === 0
    ? ['No fields.']
    : [
        '| field | kind | |',
        '|---|---|---|',
        ...fields.map((field) => `| \`${field.name}\` | \`${cell(field.kind)}\` | ${cell(notesOf(field))} |`),
      ];

const section = ({ name, version, sentence, fields, kind }) =>
  [
    `### ${name}${kind === 'event' ? ` (v${version})` : ''}`,
    '',
    sentence,
    '',
    ...fieldsTable(fields),
    '',
  ].join('\n');

const chapter = (title, items) =>
  items.length === 0 ? [] : [`## ${title}\n`, ...items.sort(byName).map(section)];

const wordsTable = (words) => [
  '## Words\n',
  '| word | values | |',
  '|---|---|---|',
  ...words
    .sort(byName)
    .map(
      ({ name, values, sentence }) =>
        `| ${name} | ${values.map((v) => `\`${v}\``).join(' ')} | ${cell(sentence)} |`,
    ),
  '',
];

const page = ({ messages, words }) => {
  const contexts = [...new Set(messages.map(({ context }) => context))].sort();
  const of = (kind) => messages.filter((message) => message.kind === kind);
  const chapters = contexts.flatMap((context) => [
    ...chapter(
      `${context}: events`,
      of('event').filter((one) => one.context === context),
    ),
    ...chapter(
      `${context}: commands`,
      of('command').filter((one) => one.context === context),
    ),
  ]);
  const count = `${of('event').length} events and ${of('command').length} commands in ${contexts.length} contexts.\n`;
  return [HEAD, count, ...chapters, ...chapter('Parts', of('part')), ...wordsTable(words)].join('\n');
};

const silent = ({ messages }) =>
  messages
    .filter(({ kind, sentence }) => kind !== 'part' && sentence === '')
    .map(({ name, file }) => `${file}: ${name} has no sentence above it`);

/** What goes over the message bus is described by the program itself, which is the same that `/asyncapi.json` serves. */
const asyncApi = () => {
  const { asyncApiOf } = require('../libs/platform/async-api.ts');
  const { aggregates } = require('../libs/domain/index.ts');
  const names = aggregates.flatMap(({ commands }) => Object.keys(commands));
  return `${JSON.stringify(asyncApiOf(names), null, 2)}\n`;
};

const read = readMessages();
const pages = {
  'docs/3-events.md': page(read),
  'docs/7-read-models.md': readModelsPage(),
  'docs/asyncapi.json': asyncApi(),
};
const problems = silent(read);
for (const [name, fresh] of Object.entries(pages)) {
  const file = join(ROOT, name);
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh)
    problems.push(`${name} is stale: npm run docs`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
