import type { Schema } from './schemas';

const text = (description: string, more: object = {}): Schema => ({ type: 'string', description, ...more });
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
  ...{ type: 'object', properties, required },
});

export const CLOUD_EVENT_HEADERS: Schema = object(
  {
    ce_specversion: { const: '1.0' },
    ce_id: text('Id of our event and name of the contract: what comes again has the same.'),
    ce_source: text('The installation that tells it.', { format: 'uri-reference' }),
    ce_type: text('The contract.'),
    ce_subject: text('Kind and id of what it is about, such as `ticket/t-1`.'),
    ce_time: text('When it happened, in the time of the business.', { format: 'date-time' }),
    ce_recordedtime: text('When we stored it.', { format: 'date-time' }),
    ce_dataschema: text('The version of the contract, frozen for ever.', { format: 'uri' }),
    ce_sequence: text(
      'Place in our log, of fixed width, so that text order is the order of time, also between topics. Rises for each key and contract: what does not lie behind the last one has been had. It has gaps.',
      { pattern: '^\\d{16}$' },
    ),
    ce_stream: text('Where we keep it, for asking back: GET /history/{stream}.'),
    ce_revision: text('Its place in that stream.', { pattern: '^\\d+$' }),
    ce_correlationid: text('The conversation it belongs to.'),
    ce_causationid: text('The command or event it follows from.'),
    ce_traceparent: text('W3C trace context, where one is known.'),
    'content-type': { const: 'application/json' },
  },
  [
    ...['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_recordedtime'],
    ...['ce_dataschema', 'ce_sequence', 'ce_stream', 'ce_revision', 'ce_correlationid', 'ce_causationid'],
    'content-type',
  ],
);

export const DEAD_LETTER_HEADERS: Schema = object(
  {
    'dead-letter-reason': text('Why, as a code: NOT_JSON, COMMAND_ID_MISSING, FAULT, CUSTOMER_UNKNOWN …'),
    'dead-letter-detail': text('The same as a sentence, without anything of what was sent.'),
    'dead-letter-id': text('With FAULT: under this id our log has the rest.'),
    'dead-letter-topic': text('Where it came from.'),
    'dead-letter-partition': text('Where it came from.'),
    'dead-letter-offset': text('Where it came from.'),
    'dead-letter-at': text('When it was sent.', { format: 'date-time' }),
    'dead-letter-value': text('There when the value was too large to be kept here.'),
  },
  [
    ...['dead-letter-reason', 'dead-letter-detail', 'dead-letter-id', 'dead-letter-topic'],
    ...['dead-letter-partition', 'dead-letter-offset', 'dead-letter-at'],
  ],
);

const OUTCOMES = ['done', 'repeated', 'refused', 'invalid', 'failed'];

export const ANSWER: Readonly<Record<string, Schema>> = {
  CommandAnswerHeaders: object(
    {
      ...{ 'content-type': { const: 'application/json' }, outcome: { enum: OUTCOMES } },
      ...{ 'command-id': text('As in the value.'), 'correlation-id': text('As in the value.') },
    },
    ['content-type', 'command-id', 'correlation-id', 'outcome'],
  ),
  CommandAnswer: object(
    {
      commandId: text('The command that is answered.'),
      correlationId: text('The conversation it belongs to.'),
      outcome: text(
        'done; repeated: carried out before, this is its first answer; refused: the business says no; invalid: it is no such command; failed: a bug of ours, the command is kept.',
        { enum: OUTCOMES },
      ),
      position: text('With done and repeated: for `after=` when reading; it has no other meaning.'),
      revision: { type: 'integer' },
      events: { type: 'array', items: { type: 'string' }, description: 'What was stored.' },
      problem: {
        ...object({ code: { type: 'string' }, detail: { type: 'string' } }, ['code', 'detail']),
        description: 'With all other outcomes: why not, as over HTTP; `errors` names every field.',
      },
    },
    ['commandId', 'correlationId', 'outcome'],
  ),
};

export const commandSchema = (commands: Iterable<string>): Schema => ({
  ...object(
    {
      type: { type: 'string', enum: [...commands].sort() },
      commandId: text('Idempotency key: the command is carried out once under it.', {
        pattern: '^[\\x21-\\x7e]{1,200}$',
      }),
      data: {
        type: 'object',
        description: 'The fields of the command: /openapi.json has the schema of each type.',
      },
      actor: {
        ...object({ id: { type: 'string' }, role: { type: 'string' } }, ['id', 'role']),
        description: 'Who wants it; nobody in particular when it is left out.',
      },
      correlationId: text('The conversation it belongs to (default: the commandId).'),
      source: text('The system it comes from (default: bus).', { maxLength: 80 }),
      reason: text('Why.', { maxLength: 500 }),
    },
    ['type', 'commandId', 'data'],
  ),
  additionalProperties: false,
});
