import type { Class, Projection, Question } from '@rapport/kernel';
import type { Application, CommandEntry } from '../application';
import { KIND_SCHEMAS, schemaOfColumn } from '../columns';
import { refTo, schemaOf, schemasOf, type Schema } from '../schemas';
import { HistoryParams } from './history.controller';
import { ReadingParams } from '../answering';
import { operationsPaths } from './open-api-operations';
import { rebuildPaths } from './open-api-rebuilds';
import { json, object, ok, operation, parametersOf, problem } from './open-api-parts';
import { ListParams } from './reading-params';
import { TemplateParams } from './ticket-templates.controller';
import { filtersOf } from './selection';
import { DeadlineParams } from './ticket-deadlines.controller';
import { SlaWhatIfParams } from './what-if.controller';

type Paths = Record<string, Record<string, object>>;

/** Everything that the service answers to, in OpenAPI 3.1: written from the lists that the service itself is made of. */
export const openApiOf = (application: Application, isAuthenticated: boolean): object => {
  const { readModels, questions } = application.plan;
  const schemas = new Map<string, Schema>();
  for (const { messageClass } of application.commands.values()) schemasOf(messageClass, schemas);
  const paths: Paths = {
    ...Object.fromEntries([...application.commands].map(commandPath)),
    '/commands': { post: batch },
    ...Object.fromEntries(readModels.flatMap(modelPaths)),
    '/reports': { get: operation('reports', 'Reports', 'Every report with its parameters.') },
    ...Object.fromEntries(questions.map(reportPath)),
    '/history/{stream}': { get: history },
    ...(hasTickets(application) && { '/tickets/{no}/templates/{n}': { get: templates } }),
    ...(questions.some(({ name }) => name === 'deadlines') && {
      '/tickets/{no}/deadlines': { get: deadlines },
      '/sla-policies/what-if': { post: whatIf },
    }),
    '/catalogue': {
      get: operation('catalogue', 'Reading', 'Everything that can be wanted, happen and be asked.'),
    },
    ...operationsPaths,
    ...rebuildPaths,
    ...services,
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version: '1',
      description: 'Commands in, events in the log, questions answered.',
    },
    ...{ servers: [{ url: '/' }], paths, components: componentsOf(schemas, isAuthenticated) },
    ...(isAuthenticated && { security: [{ bearer: [] }] }),
  };
};

const componentsOf = (schemas: ReadonlyMap<string, Schema>, isAuthenticated: boolean) => ({
  schemas: { ...Object.fromEntries(schemas), ...ANSWERS },
  ...(isAuthenticated && {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  }),
});

const ANSWERS: Readonly<Record<string, Schema>> = {
  CommandResult: object({
    position: {
      type: 'string',
      description: 'For `after=`: keep it and give it back, it has no other meaning.',
    },
    revision: { type: 'integer' },
    events: { type: 'array', items: { type: 'string' } },
    repeated: {
      type: 'boolean',
      description: 'The same command was carried out before: this is its first answer.',
    },
    commandId: { type: 'string' },
  }),
  Problem: object({
    ...{ type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' } },
    ...{ code: { type: 'string' }, detail: { type: 'string' } },
  }),
};
const header = (name: string, description: string) => ({
  ...{ name, in: 'header', description, schema: { type: 'string' } },
});
const ENVELOPE = [
  header(
    'Idempotency-Key',
    'The id of this command: sent again with it, it is done once and answers the same.',
  ),
  header('X-Correlation-Id', 'The conversation it belongs to.'),
  header('X-Source', 'The channel or system it comes through (percent-encoded UTF-8).'),
  header('X-Reason', 'Why (percent-encoded UTF-8).'),
  header('traceparent', 'W3C trace context.'),
];
const REFUSALS = {
  400: problem('Not well-formed: `errors` names every field.'),
  409: problem('Refused: things stand otherwise.'),
  422: problem('Refused: what was sent breaks a rule by itself.'),
  503: problem('Other writers were faster: nothing was stored, try again.'),
};

const commandPath = ([type, { of }]: [string, CommandEntry]): [string, Record<string, object>] => [
  `/commands/${type}`,
  {
    post: operation(type, `Commands: ${of.name}`, `${wordsOf(type)}.`, {
      parameters: ENVELOPE,
      requestBody: { required: true, content: json(refTo(type)) },
      responses: { 200: ok(refTo('CommandResult')), ...REFUSALS },
    }),
  },
];
/** `RegisterTicket` as a sentence begins: "Register ticket". */
const wordsOf = (type: string): string => {
  const words = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const batch = operation(
  'commands',
  'Commands',
  'Many commands, one a line; each line is answered by itself.',
  {
    parameters: [
      ...ENVELOPE.slice(0, 4),
      {
        ...{ name: 'order', in: 'query', schema: { type: 'string', enum: ['strict', 'stream'] } },
        description:
          '`strict` (default): each line waits for the one before. `stream`: only lines of one aggregate do.',
      },
    ],
    requestBody: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
    responses: { 200: { description: 'One line a command.', content: { 'application/x-ndjson': {} } } },
  },
);

/** Only where every model keeps its history can the past be asked for. */
const readingOf = (models: readonly Projection[], messageClass: Class<ReadingParams> = ReadingParams) => {
  const keepsPast = models.every(({ past }) => past !== null);
  return parametersOf(messageClass).filter(({ name }) => keepsPast || !OF_THE_PAST.has(name));
};
const OF_THE_PAST: ReadonlySet<string> = new Set<keyof ReadingParams>(['asOf', 'knownAt']);

const modelPaths = (model: Projection): [string, Record<string, object>][] => {
  const { question, about, per, table } = model;
  const filters = [...filtersOf(model)].map(([name, kind]) => ({
    ...{ name, in: 'query', schema: KIND_SCHEMAS[kind] },
  }));
  const row = object({
    key: { type: 'string', description: `Names the ${per}` },
    ...Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [name, schemaOfColumn(column)]),
    ),
  });
  const key = { name: 'key', in: 'path', required: true, schema: { type: 'string' } };
  const list = {
    parameters: [...readingOf([model], ListParams), ...filters],
    responses: answered({ type: 'array', items: row }),
  };
  const one = { parameters: [key, ...readingOf([model])], responses: answered(row) };
  return [
    [`/${question}`, { get: operation(question, 'Read models', about, list) }],
    [`/${question}/{key}`, { get: operation(`${question}-row`, 'Read models', about, one) }],
  ];
};
const answered = (data: Schema) => ({
  200: ok(object({ data, meta: { type: 'object' } })),
  ...{ 400: problem('A parameter is unknown or wrong.'), 404: problem('There is no such row.') },
  503: problem('What was asked for is not read yet.'),
});

const reportPath = ({ name, about, params, reads }: Question): [string, Record<string, object>] => [
  `/reports/${name}`,
  {
    get: operation(`report-${name}`, 'Reports', about, {
      parameters: [...parametersOf(params), ...readingOf(reads)],
      responses: answered({}),
    }),
  },
];

const history = operation('history', 'Reading', 'What happened to one aggregate: who, what, when, why.', {
  parameters: [
    { name: 'stream', in: 'path', required: true, schema: { type: 'string' }, example: 'customer-c-1' },
    ...parametersOf(HistoryParams),
  ],
});

/** Only where there are tickets. */
const hasTickets = ({ plan }: Application): boolean => plan.aggregates.some(({ name }) => name === 'ticket');
const templates = operation(
  'ticket-template',
  'Reading',
  'One of the four templates of a ticket, filled, as CSV or Markdown in Chinese or English.',
  {
    parameters: [
      {
        ...{ name: 'no', in: 'path', required: true, schema: { type: 'string' }, example: 'REQ-2024-001' },
        description: 'The number of the ticket, or its id.',
      },
      {
        name: 'n',
        in: 'path',
        required: true,
        schema: { type: 'integer', minimum: 1, maximum: 4 },
        example: 1,
      },
      ...parametersOf(TemplateParams),
    ],
    responses: {
      200: { description: 'The file.', content: { 'text/csv': {}, 'text/markdown': {} } },
      400: problem('A parameter is unknown or wrong.'),
      404: problem('There is no such ticket or template.'),
    },
  },
);

const whatIf = operation(
  'sla-what-if',
  'Reports',
  'What a policy would have meant for past tickets, before it is published: attainment by month and priority, breaches, and what the system they came from said. Nothing is written.',
  {
    requestBody: { required: true, content: json(schemaOf(SlaWhatIfParams)) },
    responses: {
      200: {
        description: 'With the request that publishes it.',
        content: json(object({ data: object({}) })),
      },
      400: problem('Not well-formed: `errors` names every field.'),
      422: problem('It could not be published: `code` says by which rule.'),
    },
  },
);
const deadlines = operation(
  'ticket-deadlines',
  'Reading',
  'Why each deadline of a ticket is where it is: rule, calendar, every counted and skipped stretch of time.',
  {
    parameters: [
      {
        ...{ name: 'no', in: 'path', required: true, schema: { type: 'string' }, example: 'REQ-2024-001' },
        description: 'The number of the ticket, or its id.',
      },
      ...parametersOf(DeadlineParams),
      ...parametersOf(ReadingParams),
    ],
    responses: {
      200: ok(object({ data: {}, meta: {} })),
      400: problem('A parameter is unknown or wrong.'),
      404: problem('No clock has started for this ticket.'),
    },
  },
);

const open = { security: [] };
const services: Paths = {
  '/health/live': { get: operation('live', 'Service', 'Is it alive?', open) },
  '/health/ready': {
    get: operation('ready', 'Service', 'May it be asked? 503 while it replays or stops.', open),
  },
  '/metrics': { get: operation('metrics', 'Service', 'Figures for Prometheus.', open) },
  '/openapi.json': { get: operation('openapi', 'Service', 'This document.', open) },
  '/asyncapi.json': { get: operation('asyncapi', 'Service', 'What goes over the message bus.', open) },
  '/docs': { get: operation('docs', 'Service', 'This document for people.', open) },
};
