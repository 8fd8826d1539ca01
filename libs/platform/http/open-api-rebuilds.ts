import type { Class } from '@rapport/kernel';
import { schemaOf, type Schema } from '../schemas';
import { json, object, ok, operation, problem } from './open-api-parts';
import { CompareModel, DiscardModel, RebuildModel, RollbackModel, SwitchModel } from './rebuild.params';

const texts = (...names: readonly string[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
const orNull = (type: string) => ({ type: [type, 'null'] }) as unknown as Schema;

const job = object({
  ...texts('id', 'what', 'model', 'by', 'startedAt'),
  ...{ state: { type: 'string', enum: ['RUNNING', 'DONE', 'STOPPED', 'FAILED'] }, endedAt: orNull('string') },
  ...{ progress: orNull('object'), report: orNull('object'), problem: orNull('object') },
});
const answer = object({ data: job });

const TAG = 'Operations';
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const REFUSALS = { 403: problem('Only for operators.'), 404: problem('There is no such model or job.') };

const begins = (what: string, body: Class, about: string) => ({
  [`/operations/projections/{model}/${what}`]: {
    post: operation(`projection-${what}`, TAG, about, {
      parameters: [inPath('model')],
      requestBody: { required: false, content: json(schemaOf(body)) },
      responses: {
        202: { description: 'Begun: `Location` says where to ask what comes of it.', content: json(answer) },
        400: problem('Not well-formed: `errors` names every field.'),
        ...REFUSALS,
        409: problem('This process is at another job: `jobId` says which.'),
      },
    }),
  },
});

/** Building read models anew, as operators have it done. */
export const rebuildPaths: Readonly<Record<string, Record<string, object>>> = {
  ...begins('rebuild', RebuildModel, 'Builds a copy beside the live model, or goes on with one.'),
  ...begins(
    'compare',
    CompareModel,
    'Compares the live model with its copy, row by row; a copy is built where none is.',
  ),
  ...begins('switch', SwitchModel, 'The copy takes the place of the live model, which is kept.'),
  ...begins('rollback', RollbackModel, 'What was live before changes places with what is live.'),
  ...begins('discard', DiscardModel, 'Removes the copy, or what was live before.'),
  '/operations/jobs': {
    get: operation(
      'jobs',
      TAG,
      'What this process was asked to rebuild, compare or switch, the newest first.',
      {
        responses: { 200: ok(object({ data: { type: 'array', items: job } })), 403: REFUSALS[403] },
      },
    ),
  },
  '/operations/jobs/{id}': {
    get: operation('job', TAG, 'How far a job is, and what came of it.', {
      parameters: [inPath('id')],
      responses: { 200: ok(answer), ...REFUSALS },
    }),
  },
  '/operations/jobs/{id}/stop': {
    post: operation('job-stop', TAG, 'Ends a job in good order: what was done can be gone on with.', {
      parameters: [inPath('id')],
      responses: {
        202: { description: 'It ends after the step that it is in.', content: json(answer) },
        ...REFUSALS,
        409: problem('It has ended.'),
      },
    }),
  },
};
