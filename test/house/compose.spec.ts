import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { addressIn } from '@rapport/adapters/eventstoredb';
import { addressIn as postgresAddressIn } from '@rapport/adapters/postgres';
import { settingsFrom, VARIABLES } from '@rapport/platform';

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const text = read('docker-compose.yml');
const { services, volumes } = parse(text, { merge: true }) as Compose;
const all = Object.entries(services);
const waits = all.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
const named = all.flatMap(([, service]) => service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');

/** The services that do one thing and end: others wait for their end, not for their health. */
const ends = new Set(
  waits.filter(([, { condition }]) => condition === 'service_completed_successfully').map(([n]) => n),
);

/** A value as compose would fill it in; the file of the authority is one that is there. */
const filledIn = (value: string): string =>
  value
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\w+:\?[^}]*\}/g, 'x'.repeat(32))
    .replace('/authority/ca.crt', encodeURIComponent(__filename));

describe('docker-compose.yml', () => {
  test('the whole of production is there', () => {
    const nodes = ['eventstore1', 'eventstore2', 'eventstore3'];
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([...nodes, 'postgres', 'kafka', 'api', 'projector', 'relay']),
    );
  });

  test.each(all)('%s has an image with a version, or is built here', (_name, { image = '', build }) => {
    if (build === undefined) expect(image).toMatch(/^[\w./-]+:\d[\w.-]*$/);
    else expect(existsSync(join(ROOT, 'Dockerfile'))).toBe(true);
  });

  test.each(all)('%s says when it is well, unless it ends by itself', (name, { healthcheck }) => {
    if (ends.has(name)) expect(healthcheck).toEqual({ disable: true });
    else expect(healthcheck?.test).toBeDefined();
  });

  test('whoever waits names a service and what it waits for', () => {
    const conditions = ['service_healthy', 'service_completed_successfully'];
    expect(waits.filter(([name]) => !(name in services))).toEqual([]);
    expect(waits.filter(([, { condition }]) => !conditions.includes(condition ?? ''))).toEqual([]);
  });

  test('every volume that is used is declared, and the other way round', () => {
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
  });

  test('ports are open on the loopback address only', () => {
    const ports = all.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports).size).toBe(ports.length);
  });

  test('the event log is a cluster of three, with TLS, and each node knows the others', () => {
    const nodes = all.filter(([name]) => name.startsWith('eventstore'));
    const seeds = (name: string) => nodes.map(([other]) => other).filter((other) => other !== name);
    for (const [name, { environment = {} }] of nodes) {
      expect(environment).toMatchObject({
        EVENTSTORE_CLUSTER_SIZE: 3,
        EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
      });
      expect(environment['EVENTSTORE_GOSSIP_SEED']).toBe(
        seeds(name)
          .map((seed) => `${seed}:2113`)
          .join(','),
      );
      expect(environment['EVENTSTORE_CERTIFICATE_FILE']).toMatch(/node\d\/node\.crt$/);
      expect(environment).not.toHaveProperty('EVENTSTORE_INSECURE');
    }
  });

  test('no secret stands there in clear, and each one is explained in .env.example without a value', () => {
    const secrets = all.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|SECRET/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(([, value]) => !/^\$\{\w+:\?/.test(String(value)))).toEqual([]);
    const required = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? ''));
    for (const name of required) expect(read('.env.example')).toMatch(new RegExp(`^${name}=$`, 'm'));
  });

  const hosts = all.flatMap(([name, { command = [], ...service }]) => {
    const [, app] = /^dist\/(apps\/\w+)\/main\.js$/.exec(command[1] ?? '') ?? [];
    return app === undefined ? [] : [[name, { app, ...service }] as const];
  });

  test('each host it starts is an app of this repository', () => {
    expect(hosts.map(([name]) => name)).toEqual(['api', 'projector', 'relay']);
    expect(hosts.filter(([, { app }]) => !existsSync(join(ROOT, app, 'main.ts')))).toEqual([]);
  });

  test.each(hosts)('%s starts with its settings, which name each node of the event log', (_name, service) => {
    const environment = { ...service.environment };
    const filled = Object.entries(environment).map(
      ([name, value]) => [name, filledIn(String(value))] as const,
    );
    const settings = settingsFrom(Object.fromEntries(filled));
    const own = Object.keys(environment).filter((name) => name.startsWith('RAPPORT_'));
    expect(own.filter((name) => !(name in VARIABLES))).toEqual([]);
    const { hosts: nodes } = addressIn(settings.RAPPORT_EVENTSTOREDB ?? '');
    expect(nodes).toEqual(['eventstore1:2113', 'eventstore2:2113', 'eventstore3:2113']);
    expect(postgresAddressIn(settings.RAPPORT_POSTGRES ?? '')).toMatchObject({
      ...{ host: 'postgres', port: 5432, user: services['postgres']?.environment?.['POSTGRES_USER'] },
      database: services['postgres']?.environment?.['POSTGRES_DB'],
    });
  });

  test.each(hosts)('%s is asked for its health where it listens, and shares no folder', (_name, service) => {
    const port = String(service.environment?.['RAPPORT_PORT']);
    expect(JSON.stringify(service.healthcheck?.test)).toContain(`127.0.0.1:${port}/health/ready`);
    expect(service.volumes).toEqual(['authority:/authority:ro']);
    expect(read('Dockerfile')).toContain('ENV RAPPORT_DATA=/var/lib/rapport');
  });

  test('docker compose reads it', () => {
    if (spawnSync('docker', ['compose', 'version']).status !== 0)
      return console.log('no docker compose: skipped');
    const required = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => [name ?? '', 'x'] as const);
    const env = { ...process.env, ...Object.fromEntries(required) };
    const { status, stderr } = spawnSync('docker', ['compose', 'config', '--quiet'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});
