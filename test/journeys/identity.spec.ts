import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { Edge } from '../support/edge';
import { hotel } from '../support/small-hotel';

const SECRET = 'a secret of thirty-two bytes or more';
const AUTH = {
  RAPPORT_AUTH_SECRET: SECRET,
  RAPPORT_AUTH_ISSUER: 'https://id.example',
  RAPPORT_AUTH_AUDIENCE: 'rapport',
};
const ann = { guestId: 'ann', name: 'Ann', room: 'SINGLE', nights: 1 };

interface Claims extends JWTPayload {
  readonly role?: string;
}
const claims: Claims = { sub: 'sue', role: 'SUPERVISOR', iss: 'https://id.example', aud: 'rapport' };
const tokenOf = (more: Claims = {}, secret = SECRET, expires = '1h') =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

describe('with a shared secret', () => {
  let edge: Edge;
  beforeAll(
    async () =>
      void (edge = await Edge.of(
        hotel(() => '2024-03-01T09:00:00.000Z'),
        AUTH,
      )),
  );
  afterAll(() => edge.stop());

  it('the token says who acts, and headers cannot say otherwise', async () => {
    const headers = { ...bearing(await tokenOf()), 'x-actor-id': 'mallory', 'x-actor-role': 'ADMIN' };
    expect((await edge.post('CheckIn', ann, headers)).status).toBe(200);
    const [event] = await edge.application.store.read('stay-ann');
    expect(event?.meta).toMatchObject({ actorId: 'sue', actorRole: 'SUPERVISOR' });
  });

  it.each([
    ['no token', async () => ({}), 'TOKEN_MISSING'],
    ['another scheme', async () => ({ authorization: 'Basic abc' }), 'TOKEN_MISSING'],
    ['a forged token', async () => bearing(await tokenOf({}, SECRET.replace('a', 'b'))), 'TOKEN_INVALID'],
    ['a broken token', async () => bearing('a.b.c'), 'TOKEN_INVALID'],
    [
      'a token of another issuer',
      async () => bearing(await tokenOf({ iss: 'https://evil' })),
      'TOKEN_INVALID',
    ],
    ['a token for another audience', async () => bearing(await tokenOf({ aud: 'shop' })), 'TOKEN_INVALID'],
    ['an old token', async () => bearing(await tokenOf({}, SECRET, '-10s')), 'TOKEN_EXPIRED'],
    ['a token of nobody', async () => bearing(await tokenOf({ sub: '' })), 'TOKEN_INVALID'],
  ])('%s is a 401 before the body is looked at', async (_, headers, code) => {
    const { status, body, headers: answered } = await edge.post('CheckIn', '{"broken', await headers());
    expect(status).toBe(401);
    expect(body.code).toBe(code);
    expect(answered['www-authenticate']).toBe('Bearer');
  });

  it('a token without a signature is worth nothing', async () => {
    const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({ ...claims, exp: 9_999_999_999 })}.`;
    expect((await edge.get('/guests', bearing(unsigned))).status).toBe(401);
  });

  it('a token that never runs out is not taken', async () => {
    const endless = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(SECRET));
    expect((await edge.get('/guests', bearing(endless))).body).toMatchObject({
      status: 401,
      code: 'TOKEN_INVALID',
    });
  });

  it('clocks may differ a little', async () => {
    expect((await edge.get('/guests', bearing(await tokenOf({}, SECRET, '-2s')))).status).toBe(200);
  });

  it('a token without a role is a 403', async () => {
    const { role: _, ...nobody } = claims;
    const token = await new SignJWT(nobody)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    expect((await edge.get('/guests', bearing(token))).body).toMatchObject({
      status: 403,
      code: 'ROLE_MISSING',
    });
  });

  it('an auditor reads, and sends no commands', async () => {
    const headers = bearing(await tokenOf({ role: 'AUDITOR' }));
    expect((await edge.get('/guests', headers)).status).toBe(200);
    const { status, body } = await edge.post('CheckIn', ann, headers);
    expect(status).toBe(403);
    expect(body.code).toBe('ROLE_READS_ONLY');
    const lines = { ...headers, 'content-type': 'application/x-ndjson' };
    expect((await edge.post('/commands', '{}', lines)).status).toBe(403);
  });

  it('health, figures and the description are for everybody; nothing else is', async () => {
    for (const url of [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openapi.json',
      '/asyncapi.json',
      '/docs',
    ])
      expect((await edge.get(url)).status).not.toBe(401);
    for (const url of [
      '/guests',
      '/guests/ann',
      '/reports',
      '/history/stay-ann',
      '/catalogue',
      '/nowhere/at/all',
    ])
      expect((await edge.get(url)).status).toBe(401);
  });
});

describe('with the public keys of an issuer', () => {
  let server: Server;
  let edge: Edge;
  let sign: (claims: Claims) => Promise<string>;
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
    server = createServer((_, answer) =>
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(keys)),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    sign = (said) =>
      new SignJWT(said)
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setExpirationTime('1h')
        .sign(privateKey);
    edge = await Edge.of(
      hotel(() => '2024-03-01T09:00:00.000Z'),
      {
        RAPPORT_AUTH_JWKS_URL: `http://127.0.0.1:${port}/keys`,
        RAPPORT_AUTH_ACTOR_CLAIM: 'email',
        RAPPORT_AUTH_ROLE_CLAIM: 'crm_role',
      },
    );
  });
  afterAll(async () => {
    await edge.stop();
    server.close();
  });

  it('the token is believed, with the claims that were set', async () => {
    const token = await sign({ email: 'sue@example.org', crm_role: 'SUPERVISOR' });
    expect((await edge.post('CheckIn', ann, bearing(token))).status).toBe(200);
    const [event] = await edge.application.store.read('stay-ann');
    expect(event?.meta).toMatchObject({ actorId: 'sue@example.org', actorRole: 'SUPERVISOR' });
  });

  it('a token that is signed with a secret is not', async () => {
    expect((await edge.get('/guests', bearing(await tokenOf()))).status).toBe(401);
  });
});

it('says 503, not 401, when the keys of the issuer cannot be had', async () => {
  const nowhere = { RAPPORT_AUTH_JWKS_URL: 'http://127.0.0.1:9/keys' };
  const edge = await Edge.of(
    hotel(() => '2024-03-01T09:00:00.000Z'),
    nowhere,
  );
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime('1h')
    .sign(privateKey);
  expect((await edge.get('/guests', bearing(token))).body).toMatchObject({
    status: 503,
    code: 'AUTH_UNAVAILABLE',
  });
  await edge.stop();
});
