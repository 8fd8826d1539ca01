import type { Class } from '@rapport/kernel';
import { schemaOf, type Schema } from '../schemas';
import { json, object, ok, operation, parametersOf, problem } from './open-api-parts';
import { DropParked, ParkedParams, PauseModel, RedriveParked, ResumeModel } from './operations.params';

const texts = (...names: readonly string[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const orNull = { type: ['string', 'null'] } as unknown as Schema;
const lag = object({ events: { type: ['integer', 'null'] } as unknown as Schema, seconds: {} });

const standing = object({
  ...texts('model', 'kind', 'state', 'position'),
  ...{ lag, eventsPerSecond: { type: 'integer' }, owners: { type: 'array', items: { type: 'string' } } },
  parked: object({ keys: { type: 'integer' }, events: { type: 'integer' } }),
  ...{ error: orNull, pause: {}, lanes: { type: 'array', items: { type: 'object' } } },
});
const order = object({
  ...texts('id', 'what', 'model', 'key', 'by', 'reason', 'at'),
  ...{ doneAt: orNull, result: orNull, outcome: orNull },
});
const parked = object({ model: { type: 'string' }, key: { type: 'string' }, events: { type: 'integer' } });
const listOf = (items: Schema): Schema => object({ data: { type: 'array', items } });

const REFUSALS = {
  403: problem('Only for operators.'),
  404: problem('There is no such model, key or order.'),
};
const answered = (schema: Schema) => ({ responses: { 200: ok(schema), ...REFUSALS } });
const taken = (messageClass: Class, schema: Schema) => ({
  requestBody: { required: true, content: json(schemaOf(messageClass)) },
  responses: {
    202: { description: 'Kept: whoever keeps the model heeds it.', content: json(object({ data: schema })) },
    ...{ 400: problem('Not well-formed: `errors` names every field.'), ...REFUSALS },
  },
});

const TAG = 'Operations';
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
interface Asked {
  readonly id: string;
  readonly about: string;
  readonly answer: Schema;
  readonly parameters?: readonly object[];
}
const get = ({ id, about, answer, parameters = [] }: Asked) => ({
  get: operation(id, TAG, about, { parameters, ...answered(answer) }),
});
const post = (body: Class, { id, about, answer, parameters = [] }: Asked) => ({
  post: operation(id, TAG, about, { parameters, ...taken(body, answer) }),
});

/** What operators may ask and order. */
export const operationsPaths: Readonly<Record<string, Record<string, object>>> = {
  '/operations/projections': get({
    ...{ id: 'projections', about: 'How read models and policies are doing.', answer: listOf(standing) },
  }),
  '/operations/projections/{model}': get({
    ...{ id: 'projection', about: 'How one of them is doing.', answer: object({ data: standing }) },
    parameters: [inPath('model')],
  }),
  '/operations/projections/{model}/pause': post(PauseModel, {
    ...{ id: 'projection-pause', about: 'It stands still until it is resumed.', answer: {} },
    parameters: [inPath('model')],
  }),
  '/operations/projections/{model}/resume': post(ResumeModel, {
    ...{ id: 'projection-resume', about: 'It goes on, or tries again.', answer: {} },
    parameters: [inPath('model')],
  }),
  '/operations/parked': get({
    ...{ id: 'parked', about: 'Keys with events that could not be read; of one key, its events.' },
    ...{ answer: listOf(parked), parameters: parametersOf(ParkedParams) },
  }),
  '/operations/parked/redrive': post(RedriveParked, {
    ...{ id: 'parked-redrive', about: 'Tries the parked events of a key again, in order.', answer: order },
  }),
  '/operations/parked/drop': post(DropParked, {
    ...{ id: 'parked-drop', about: 'Lets the parked events of a key go unread, for ever.', answer: order },
  }),
  '/operations/orders/{id}': get({
    ...{ id: 'order', about: 'What came of an order.', answer: object({ data: order }) },
    parameters: [inPath('id')],
  }),
};
