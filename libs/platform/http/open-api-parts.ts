import type { Class } from '@rapport/kernel';
import { refTo, schemaOf, type Schema } from '../schemas';
import { PARAMS_ABOUT } from './reading-params';

export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

export const json = (schema: Schema) => ({ 'application/json': { schema } });
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: refTo('Problem') } },
});
export const ok = (schema: Schema) => ({ description: 'Done.', content: json(schema) });

export const operation = (id: string, tag: string, summary: string, more: object = {}) => ({
  ...{ operationId: id, tags: [tag], summary },
  responses: { 200: { description: 'The answer.' } },
  ...more,
});

export const parametersOf = (messageClass: Class) => {
  const { properties = {}, required = [] } = schemaOf(messageClass);
  const defaults = new messageClass();
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', description: PARAMS_ABOUT[name] ?? '', schema },
    required: required.includes(name) && defaults[name as never] === undefined,
  }));
};
