/** One page without anything from elsewhere, so that it works offline: it reads /openapi.json and lists what is there. */
const SCRIPT = String.raw`
const made = (tag, text, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), attributes);
  if (text !== undefined) element.textContent = text;
  return element;
};
const kindOf = (schema = {}) =>
  schema.$ref ? schema.$ref.split('/').pop()
  : schema.enum ? schema.enum.join(' | ')
  : schema.type === 'array' ? kindOf(schema.items) + '[]'
  : [schema.type, schema.format].filter(Boolean).join(', ');
const table = (rows) => {
  const body = made('table');
  for (const cells of rows) {
    const row = made('tr');
    cells.forEach((cell, n) => row.append(made(n === 0 ? 'th' : 'td', cell)));
    body.append(row);
  }
  return body;
};
const fieldsOf = ({ properties = {}, required = [] }) =>
  Object.entries(properties).map(([name, schema]) => [
    name,
    kindOf(schema),
    [required.includes(name) ? 'required' : '', schema['x-personal'] ? 'personal' : '', limits(schema)]
      .filter(Boolean).join(', '),
  ]);
const limits = ({ minimum, maximum, maxLength, pattern }) =>
  [minimum !== undefined && 'from ' + minimum, maximum !== undefined && 'to ' + maximum,
   maxLength && 'at most ' + maxLength + ' characters', pattern].filter(Boolean).join(', ');
const entryOf = (path, verb, operation, schemas) => {
  const entry = made('details');
  const head = made('summary');
  head.append(made('code', verb.toUpperCase() + ' ' + path), made('span', ' ' + operation.summary));
  entry.append(head);
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  const body = schema && schemas[schema.$ref.split('/').pop()];
  if (body) entry.append(made('h4', 'Body'), table(fieldsOf(body)));
  const parameters = operation.parameters ?? [];
  if (parameters.length > 0)
    entry.append(made('h4', 'Parameters'), table(parameters.map((one) => [
      one.name, kindOf(one.schema), [one.in, one.required ? 'required' : '', one.description].filter(Boolean).join(', '),
    ])));
  entry.append(made('h4', 'Answers'), table(Object.entries(operation.responses).map(([status, { description }]) => [status, description])));
  return entry;
};
const show = (wanted, api) => {
  const groups = new Map();
  for (const [path, verbs] of Object.entries(api.paths))
    for (const [verb, operation] of Object.entries(verbs)) {
      if (!(path + operation.summary).toLowerCase().includes(wanted.toLowerCase())) continue;
      const group = groups.get(operation.tags[0]) ?? [];
      groups.set(operation.tags[0], [...group, entryOf(path, verb, operation, api.components.schemas)]);
    }
  const list = document.getElementById('list');
  list.replaceChildren();
  for (const [tag, entries] of groups) list.append(made('h2', tag), ...entries);
  if (wanted !== '') return;
  const parts = Object.entries(api.components.schemas).filter(([name]) => !api.paths['/commands/' + name]);
  list.append(made('h2', 'Parts'));
  for (const [name, schema] of parts) {
    const entry = made('details');
    entry.append(made('summary', name), table(fieldsOf(schema)));
    list.append(entry);
  }
};
fetch('openapi.json').then((answer) => answer.json()).then((api) => {
  show('', api);
  document.getElementById('wanted').addEventListener('input', ({ target }) => show(target.value, api));
});
`;

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; } h4 { margin: .8rem 0 .2rem; }
details { border-top: 1px solid #8884; padding: .35rem 0; } summary { cursor: pointer; }
summary span { opacity: .75; } table { border-collapse: collapse; margin-left: 1rem; }
th, td { text-align: left; vertical-align: top; padding: .1rem 1rem .1rem 0; font-weight: normal; }
th { font-family: ui-monospace, monospace; } input { width: 100%; padding: .5rem; font: inherit; box-sizing: border-box; }
`;

export const DOCS_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rapport: the service</title><style>${STYLE}</style></head>
<body><h1>Rapport</h1>
<p>Commands in, questions answered. The same for programs: <a href="openapi.json">openapi.json</a>.</p>
<input id="wanted" type="search" placeholder="Search commands and questions" aria-label="Search">
<main id="list"></main><script>${SCRIPT}</script></body></html>
`;
