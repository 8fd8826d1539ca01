import type { IncomingHttpHeaders } from 'node:http';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { Actor } from '@rapport/kernel';
import { EdgeProblem } from '../problem';
import { isAuthenticated, type Settings } from '../settings';

/** Who sends a request. Throws 401 or 403, or 503 when the keys of the issuer cannot be had. */
export type Identify = (headers: IncomingHttpHeaders) => Actor | Promise<Actor>;

export const identification = (settings: Settings): Identify =>
  isAuthenticated(settings) ? byToken(settings) : byWord;

const NAME = /^[\p{L}\p{N}_.:@|-]{1,128}$/u;

/** Development on a loopback address: whoever asks is believed. */
const byWord: Identify = (headers) => ({
  id: nameIn(headers['x-actor-id'] ?? 'anonymous', 'X-Actor-Id'),
  role: nameIn(headers['x-actor-role'] ?? 'NONE', 'X-Actor-Role'),
});
const nameIn = (text: unknown, what: string): string => {
  if (typeof text === 'string' && NAME.test(text)) return text;
  throw new EdgeProblem(400, 'BAD_HEADER', `${what} must be 1 to 128 letters, digits or _ . : @ | -`);
};

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const byToken = (settings: Settings): Identify => {
  const verify = verifierOf(settings);
  return async ({ authorization }) => {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new EdgeProblem(401, 'TOKEN_MISSING', 'send Authorization: Bearer <token>');
    return actorIn(await verified(verify, token), settings);
  };
};

type Verify = (token: string) => Promise<{ readonly payload: JWTPayload }>;

const verifierOf = (settings: Settings): Verify => {
  const { RAPPORT_AUTH_ISSUER: issuer, RAPPORT_AUTH_AUDIENCE: audience } = settings;
  const rules: JWTVerifyOptions = {
    clockTolerance: settings.RAPPORT_AUTH_TOLERANCE_SECONDS,
    requiredClaims: ['exp'],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  if (settings.RAPPORT_AUTH_JWKS_URL !== undefined) {
    const keys = createRemoteJWKSet(new URL(settings.RAPPORT_AUTH_JWKS_URL));
    return (token) => jwtVerify(token, keys, { ...rules, algorithms: ASYMMETRIC });
  }
  const secret = new TextEncoder().encode(settings.RAPPORT_AUTH_SECRET);
  return (token) => jwtVerify(token, secret, { ...rules, algorithms: ['HS256'] });
};

const verified = async (verify: Verify, token: string): Promise<JWTPayload> => {
  try {
    return (await verify(token)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new EdgeProblem(401, 'TOKEN_EXPIRED', 'the token has run out: get a new one');
    if (error instanceof errors.JWTClaimValidationFailed)
      throw new EdgeProblem(
        401,
        'TOKEN_INVALID',
        `the token is not for us: ${error.claim} is missing or wrong`,
      );
    if (faultsOfTheToken.some((fault) => error instanceof fault))
      throw new EdgeProblem(401, 'TOKEN_INVALID', 'the token is not valid: its form or signature is wrong');
    throw new EdgeProblem(
      503,
      'AUTH_UNAVAILABLE',
      'the keys of the token issuer cannot be had at the moment',
    );
  }
};
const faultsOfTheToken = [
  ...[errors.JWSInvalid, errors.JWTInvalid, errors.JWSSignatureVerificationFailed],
  ...[errors.JOSEAlgNotAllowed, errors.JOSENotSupported, errors.JWKSNoMatchingKey],
];

const actorIn = (claims: JWTPayload, settings: Settings): Actor => {
  const { RAPPORT_AUTH_ACTOR_CLAIM: actorClaim, RAPPORT_AUTH_ROLE_CLAIM: roleClaim } = settings;
  const id = claims[actorClaim];
  const role = claims[roleClaim];
  if (typeof id !== 'string' || !NAME.test(id))
    throw new EdgeProblem(401, 'TOKEN_INVALID', `the token names nobody: claim ${actorClaim}`);
  if (typeof role !== 'string' || !NAME.test(role))
    throw new EdgeProblem(403, 'ROLE_MISSING', `the token names no role: claim ${roleClaim}`);
  return { id, role };
};
