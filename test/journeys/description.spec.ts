import { schemaOf } from '@rapport/platform';
import { Edge } from '../support/edge';
import { CheckIn, hotel } from '../support/small-hotel';

interface Row {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: object;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: string }[];
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Answered {
  readonly 200: {
    readonly content: {
      readonly 'application/json': { readonly schema: { readonly properties: { readonly data: Row } } };
    };
  };
}

let edge: Edge;
let api: OpenApi;
beforeAll(async () => {
  edge = await Edge.of(hotel(() => '2024-03-01T09:00:00.000Z'));
  await edge.post('CheckIn', { guestId: 'ann', name: 'Ann', room: 'SINGLE', nights: 1 });
  await edge.application.settle();
  api = JSON.parse((await edge.get('/openapi.json')).text) as OpenApi;
});
afterAll(() => edge.stop());

const operations = () =>
  Object.entries(api.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );

describe('the OpenAPI document', () => {
  it('has a path and a schema for every command', () => {
    expect(api.openapi).toBe('3.1.0');
    for (const type of edge.application.commands.keys()) {
      expect(api.paths[`/commands/${type}`]).toBeDefined();
      expect(api.components.schemas[type]).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('says what the validators say', () => {
    expect(schemaOf(CheckIn)).toEqual({
      ...{ type: 'object', additionalProperties: false, required: ['guestId', 'name', 'room', 'nights'] },
      properties: {
        guestId: { type: 'string', pattern: expect.any(String) as string },
        name: expect.objectContaining({ type: 'string', maxLength: 40, pattern: '\\S' }) as object,
        room: { type: 'string', enum: ['SINGLE', 'DOUBLE'] },
        nights: { type: 'integer', minimum: 1, maximum: 30 },
        arrivedAt: { type: 'string', format: 'date-time' },
        wishes: { $ref: '#/components/schemas/Wishes' },
      },
    });
    expect(api.components.schemas['Wishes']).toMatchObject({
      ...{ required: ['quiet'], properties: { extras: { type: 'array', items: { type: 'string' } } } },
    });
  });

  it('points nowhere that is not there, and names no operation twice', () => {
    const text = JSON.stringify(api);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(api.components.schemas)).toContain(name);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations()) expect(operation.summary).not.toBe('');
  });

  it('says of each column of a row what it says, in which unit, by which rule, and whether it may be null', () => {
    const answered = api.paths['/guests/{key}']?.['get']?.responses as Answered | undefined;
    const row = answered?.[200].content['application/json'].schema.properties.data;
    expect(row?.properties).toEqual({
      key: { type: 'string', description: 'Names the guest' },
      room: { type: 'string', description: 'SINGLE or DOUBLE' },
      nights: { type: 'integer', description: 'How long the guest stays (nights; SYS-01.1)' },
      here: { type: 'boolean' },
      arrivedAt: { type: 'string', format: 'date-time', description: 'When the guest came' },
      leftAt: {
        anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }],
        description: 'When the guest went; null: still here',
      },
      notes: {},
    });
    expect(row?.required).toEqual(Object.keys(row?.properties ?? {}));
  });

  it('names only routes that are there', async () => {
    const values: Record<string, string> = { key: 'ann', stream: 'stay-ann' };
    for (const { path, verb } of operations()) {
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x');
      const { status } = verb === 'get' ? await edge.get(url) : await edge.post(url, {});
      expect([path, status]).not.toEqual([path, 404]);
      expect([path, status]).not.toEqual([path, 500]);
    }
  });

  it('tells of the filters of a read model, and of the past only where there is one', () => {
    const names = (path: string) => api.paths[path]?.['get']?.parameters?.map(({ name }) => name);
    expect(names('/guests')).toEqual(
      expect.arrayContaining(['room', 'nights_min', 'leftAt_null', 'asOf', 'cursor']),
    );
    expect(names('/visits')).not.toContain('asOf');
    expect(names('/reports/occupancy')).toEqual(expect.arrayContaining(['nightsMin', 'after']));
  });
});

describe('the page for people', () => {
  it('needs nothing from elsewhere', async () => {
    const { status, type, text, headers } = await edge.get('/docs');
    expect(status).toBe(200);
    expect(type).toContain('text/html');
    expect(text).not.toMatch(/https?:\/\//);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});
