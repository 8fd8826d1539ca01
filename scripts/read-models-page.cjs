/** docs/7-read-models.md: what the program itself says of its read models, and how analysts ask them with SQL. */
const events = require('../libs/domain/events.ts');
const { pastOf, versionOf, viewsOf } = require('../libs/kernel/index.ts');
const { readModels, rollups } = require('../libs/read-models/index.ts');
const { EXAMPLES } = require('./example-queries.cjs');

const TYPES = [
  ['text', 'text', 'text', 'text'],
  ['integer', 'whole number', 'integer', 'bigint'],
  ['real', 'number', 'real', 'double precision'],
  ['flag', 'yes or no', 'integer: 1 or 0', 'boolean'],
  ['json', 'JSON', 'text: `json_each(…)`, `->>`', 'jsonb'],
  ['instant', 'moment (UTC)', 'text: `2024-03-01T09:00:00.000Z`', 'timestamptz'],
];
const typeOf = Object.fromEntries(TYPES.map(([as, type]) => [as, type]));

const cell = (text) => text.replaceAll('|', '\\|');
const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  '',
];
const code = (text) => `\`${text}\``;
const views = new Map(viewsOf(readModels, rollups).map((view) => [view.of.name, view]));

const HEAD = `# Read models

This page is written by \`npm run docs\` from the read models themselves; \`npm run check\` fails when it is stale.
Over HTTP a read model is \`GET /<name>\` with filters, pages and \`asOf=\` (\`/docs\` on a running service). This page is for analysts: each read model and each
rollup is a **view** in SQL as well. Whoever keeps the read models publishes the views at its start, and they show what is live, also after a rebuild was switched.
`;

const CONNECT = `## How to connect

**SQLite.** The rows are in \`rows.sqlite\` of the data folder (\`rows.eventstoredb.sqlite\` where the log is on EventStoreDB). Open the file for reading only; Rapport goes on writing beside you:

\`\`\`sh
sqlite3 -readonly data/rows.sqlite                                      # .tables, .schema churn_risk
sqlite3 -readonly data/rows.sqlite "vacuum into 'analysis.sqlite'"      # a copy, for long work and for other machines
\`\`\`

The folder belongs to the account that runs Rapport (mode 0700), and SQLite knows no rights within a file: whoever may read it reads everything, names of customers included.
A transaction that stays open for hours keeps the write-ahead log from being shortened; ask a copy instead.

**PostgreSQL.** The views are in a schema of their own (\`analysts\`, \`RAPPORT_POSTGRES_ANALYSTS_SCHEMA\`). The role \`rapport_analyst\` may read them and nothing else of ours:

\`\`\`sql
create role ann login password '…';
grant rapport_analyst to ann;
alter role ann set search_path = analysts;      -- so that she need not write it before each name
\`\`\`

\`customer_profile\` and its contacts are **personal**: leave it out where people need not be named. Everything else names customers, tickets and staff by their ids;
reasons are in the words of staff.
`;

const KNOW = `## What to know before you ask

${table(
  ['type', 'in SQLite', 'in PostgreSQL'],
  TYPES.map(([, type, sqlite, postgres]) => [type, sqlite, postgres]),
).join('\n')}
- **Null is said.** Where a column may be null, its sentence says what that means. A moment that has not come is null, never an empty text.
- **Moments are UTC.** In SQLite they are text that sorts as time does: compare with text of the same form, to the millisecond, as in \`raised_at >= '2024-03-01T00:00:00.000Z'\`.
- **Money is in minor units** (fen, cent) of the currency beside it. Amounts of different currencies are never to be added.
- **\`from\` and \`to\`** are words of SQL: write them in double quotes.
- **Words** such as \`SERIOUS_COMPLAINT\` are listed with all their values at the end of [3-events](3-events.md#words).
- **Rules** such as R-07 and SYS-21.3 name where a column comes from, as they do in the sources and in [3-events](3-events.md).
- **The past.** A view that ends in \`_history\` holds every version of every row. Its columns are those of the present, and three more:

${columnsTable(viewOf(pastOf('', {})).columns, pastOf('', {})).join('\n')}
  How it was at a moment: of each key the version with the latest \`valid_from\` up to then, and of these the one with the latest \`position\`; not one that is \`gone\`.
  The third example below does that. With \`position <= …\` as well it is what was known then: business told late changes the one and not the other.
- **How fresh?** \`rapport status\` names the position of every model. Right after the version of a model was raised its view shows the new one, which is still being read.
`;

function viewOf(of) {
  const columns = viewsOf([{ question: 'v', about: '', key: 'key', per: '', table: of, past: null }], [])[0]
    .columns;
  return { columns: columns.slice(1) };
}

function columnsTable(columns, of) {
  const rows = columns.map(({ name, column, as, about = '' }) => {
    const { about: sentence = about, unit = '', source = '' } = of.columns[column] ?? {};
    return [code(name), typeOf[as], unit, sentence, source];
  });
  return table(['column', 'type', 'unit', 'what it says', 'rules'], rows);
}

const examples = () => [
  '## Three examples\n',
  'They are run against a told story by `test/journeys/analysts.spec.ts`.\n',
  ...EXAMPLES.flatMap(({ question, sqlite, postgres }) => [
    `### ${question}\n`,
    ...['SQLite', sqlite, 'PostgreSQL', postgres].map((text, n) =>
      n % 2 === 0 ? `${text}:\n` : `\`\`\`sql\n${text}\n\`\`\`\n`,
    ),
  ]),
];

const eventLink = (type) => `[${type}](3-events.md#${type.toLowerCase()}-v${versionOf(events[type])})`;
const indexText = ({ indexes }, { columns }) => {
  const nameOf = (column) => columns.find((one) => one.column === column).name;
  return ['key', ...indexes].map((index) => code([index].flat().map(nameOf).join(', '))).join(' · ');
};

const modelText = (model) => {
  const [view, past] = [views.get(model.table.name), model.past && views.get(model.past.name)];
  const figures = rollups.filter(({ of }) => of === model.name);
  const facts = [
    ['view', code(view.name)],
    ['one row for each', model.per],
    ['version', String(model.version)],
    ['history', past ? code(past.name) : 'none: it says how things stand now'],
    ['indexed', indexText(model.table, view)],
    ['reads', Object.keys(model.on).sort().map(eventLink).join(', ')],
    ...(figures.length > 0 ? [['rollups', figures.map(({ name }) => `[${name}](#${name})`).join(', ')]] : []),
  ];
  return [
    `## ${model.question}\n`,
    `${model.about}\n`,
    ...table(['', ''], facts),
    ...columnsTable(view.columns, model.table),
    ...figures.flatMap(rollupText),
  ];
};

const rollupText = (rollup) => {
  const view = views.get(rollup.table.name);
  const durations = Object.entries(rollup.table.columns).filter(([, { kind }]) => kind === 'json');
  return [
    `### ${rollup.name}\n`,
    `${rollup.about} View ${code(view.name)}, grouped by ${rollup.by.map((name) => code(view.columns.find(({ column }) => column === name).name)).join(', ')}.\n`,
    ...columnsTable(view.columns, rollup.table),
    ...(durations.length > 0
      ? [
          `How long things took is kept as a histogram, which SQL does not see: ${durations.map(([, { about }]) => about.charAt(0).toLowerCase() + about.slice(1)).join('; ')}. Ask a report for its percentiles.\n`,
        ]
      : []),
  ];
};

const contents = () => [
  '## All of them\n',
  ...table(
    ['view', 'what it answers'],
    [...readModels]
      .sort(byQuestion)
      .map(({ question, about, table: of }) => [`[\`${views.get(of.name).name}\`](#${question})`, about]),
  ),
];
const byQuestion = (a, b) => (a.question < b.question ? -1 : 1);

const readModelsPage = () => {
  const count = `${readModels.length} read models and ${rollups.length} rollups in ${views.size} views.\n`;
  const models = [...readModels].sort(byQuestion).flatMap(modelText);
  return [HEAD, count, ...contents(), CONNECT, KNOW, ...examples(), ...models].join('\n');
};

module.exports = { readModelsPage };
