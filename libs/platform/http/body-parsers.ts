import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EdgeProblem } from '../problem';
import type { Settings } from '../settings';

export const NDJSON = 'application/x-ndjson';

/** One command is JSON; many are lines, which are read one by one so that a broken one fails alone. */
export const useBodyParsers = (app: NestFastifyApplication, settings: Settings): void => {
  const json = { bodyLimit: settings.RAPPORT_BODY_BYTES_MAX };
  app.useBodyParser('application/json', json, (_, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : parsed(body.toString('utf8')));
    } catch (error) {
      done(error as Error);
    }
  });
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  const lines = { bodyLimit: settings.RAPPORT_BATCH_BYTES_MAX };
  app.useBodyParser(NDJSON, lines, (_, body, done) => done(null, body));
};

/** JSON, or a 400 that says where it breaks off. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new EdgeProblem(400, 'MALFORMED_JSON', `this is no JSON: ${placeOf(error, text)}`, {
      position: positionIn(error, text),
    });
  }
};

/** No body counts as one without fields: its own rules then say what is missing. */
export const plainObject = (body: unknown): object => {
  if (body === undefined || body === null) return {};
  if (Buffer.isBuffer(body))
    throw new EdgeProblem(415, 'WRONG_CONTENT_TYPE', 'send application/json; many commands go to /commands');
  if (typeof body === 'object' && !Array.isArray(body)) return body;
  throw new EdgeProblem(400, 'NOT_AN_OBJECT', 'the body is one JSON object');
};

const positionIn = (error: unknown, text: string): number => {
  const place = /at position (\d+)/.exec(String(error))?.[1];
  return place === undefined ? text.length : Number(place);
};
const placeOf = (error: unknown, text: string): string => {
  const position = positionIn(error, text);
  const before = text.slice(0, position).split('\n');
  return `it breaks off at position ${position}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};
