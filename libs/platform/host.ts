import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino, { type Logger } from 'pino';
import type { MessageBus, Told } from '@rapport/kernel';
import type { Application } from './application';
import { Drops } from './drops';
import { httpService } from './http/http-service';
import { Metrics } from './http/metrics';
import { StopSign } from './http/stop-sign';
import { LagWatch } from './lag-watch';
import { assertTopics, converse, messagingIn } from './messaging';
import { namesNear } from './near-names';
import type { Opening } from './opening';
import { ROLES, type Role } from './roles';
import { isAuthenticated, settingsFrom, VARIABLES, type Settings } from './settings';
import { startFailure } from './start-failure';
import { Ticker } from './ticker';

/** What a host runs in: a process, or a test that plays one. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly exit: (code: number) => void;
  readonly log: (settings: Settings) => Logger;
}
export const processSurroundings = (): Surroundings => ({
  environment: process.env,
  say: (line) => void process.stderr.write(`${line}\n`),
  exit: (code) => process.exit(code),
  // Written in the background, in batches when there is much; at the end of the process what is left is flushed.
  log: (settings) => pino({ level: settings.RAPPORT_LOG_LEVEL }, pino.destination({ sync: false })),
});

/** How an application is opened: `openProduct`, or a test's own. */
export type Open = (settings: Settings, role: Role, how: Opening) => Promise<Application>;

/** A running service. `stop` finishes the requests under way, then what follows from them, and lets go of the data. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly application: Application;
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs its part of the product in this process until it is told to stop; null when it could not start. */
export const runHost = async (
  role: Role,
  open: Open,
  around = processSurroundings(),
): Promise<Service | null> => {
  try {
    const settings = settingsFrom(around.environment);
    const service = await serve(role, open, settings, around.log(settings).child({ role }));
    for (const line of greeting(role, service, settings)) around.say(line);
    for (const line of unknownVariables(around.environment)) around.say(line);
    return service;
  } catch (error) {
    const [code, lines] = startFailure(error);
    for (const line of lines) around.say(line);
    around.exit(code);
    return null;
  }
};

/** Reads begin before the first request is taken; requests are answered while the rest is still being read. */
export const serve = async (role: Role, open: Open, settings: Settings, log: Logger): Promise<Service> => {
  const drops = new Drops(log);
  const messaging = hears(role) ? messagingIn(settings, log) : null;
  if (messaging) await assertTopics(messaging).catch(givingUp(messaging.bus));
  const application = await open(settings, role, toldTo(log, drops));
  const counted: MessageCount = { dealt: () => undefined };
  if (messaging)
    converse(application, messaging, {
      ...{ log, onFailure: loopStopped(log) },
      onDealt: (topic, outcome) => counted.dealt(topic, outcome),
    });
  const app = await httpService(application, settings, log, ROLES[role].serves);
  app.get(Metrics).countDrops(drops);
  if (messaging) counted.dealt = app.get(Metrics).messageCounter();
  await application.start();
  const ticker = application.loops.has('reactions') ? tickerOf(application, settings, log) : null;
  ticker?.start();
  const lagWatch = new LagWatch(application, toldBy(log));
  if (application.loops.size > 0) lagWatch.start();
  await app.listen(settings.RAPPORT_PORT, settings.RAPPORT_HOST);
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  log.info({ loops: [...application.loops.keys()], url, log: application.store.log.driver }, 'started');
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= stopAll(app, [ticker, lagWatch], application, settings.RAPPORT_STOP_MS));
  return { app, application, url, stop };
};

/** Who reacts to what happens also speaks with others. */
const hears = (role: Role): boolean => ROLES[role].loops.some((name) => name === 'reactions');
const givingUp =
  (bus: MessageBus) =>
  async (error: unknown): Promise<never> => {
    await bus.close();
    throw error;
  };
interface MessageCount {
  dealt: (topic: string, outcome: string) => void;
}
const loopStopped = (log: Logger) => (error: unknown) =>
  log.fatal({ err: error }, 'a loop has stopped: see /health/ready');

/** What a process that nobody looks at tells its log. */
const toldTo = (log: Logger, drops: Drops): Opening => ({
  onFailure: loopStopped(log),
  // expected, and told without saying whom it concerned
  onRefused: (policy, command, { code }) =>
    log.info({ policy, command: command.constructor.name, code }, 'a policy was refused'),
  onDropped: (text) => drops.told(text),
  told: toldBy(log),
});
const toldBy =
  (log: Logger): Told =>
  (level, what) =>
    log[level]({ what }, 'the work of the loops');
const tickerOf = (application: Application, settings: Settings, log: Logger): Ticker =>
  new Ticker(application, settings.RAPPORT_TICK_MS, (error) =>
    log.error({ err: error }, 'timers could not be fired: they are tried again at the next beat'),
  );

/** A connection whose last answer has gone out is closed so soon: clients keep them open for the next request. */
const SWEEP_MS = 20;
/** Requests first, for they may still bring commands; then the loops, then the files. */
const stopAll = async (
  app: NestFastifyApplication,
  beats: readonly (Pick<Ticker, 'stop'> | null)[],
  application: Application,
  withinMs: number,
) => {
  app.get(StopSign).raise();
  const server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  await app.close();
  clearInterval(sweep);
  clearTimeout(cut);
  for (const beat of beats) await beat?.stop();
  await application.stop();
};

/** The first signal asks for an orderly end, the second ends at once. */
export const stopOnSignals = (service: Service, log = processSurroundings().say): void => {
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(1);
    asked = true;
    log(`${signal}: finishing what is under way (again: stop at once)`);
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log(`the end was not orderly: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
};

const greeting = (role: Role, { url, application }: Service, settings: Settings): readonly string[] => {
  const { serves, about } = ROLES[role];
  return [
    `Rapport (${role}: ${about}) listens on ${url}`,
    ...(serves === 'everything'
      ? [`  for people     ${url}/docs`, `  for programs   ${url}/openapi.json`]
      : [`  for operators  ${url}/health/ready, ${url}/metrics`]),
    `  data           ${settings.RAPPORT_DATA}, ${driverOf(application)}`,
    ...(settings.RAPPORT_POSTGRES === undefined ? [] : [`  rows and keys  ${application.rows.driver}`]),
    ...(isAuthenticated(settings) || serves === 'health'
      ? []
      : [
          '  development    no authentication: X-Actor-Id and X-Actor-Role are believed; only this machine is served',
        ]),
  ];
};

/** The slower driver is taken only where the fast one cannot be had: then it says so. */
const driverOf = ({ store }: Application): string =>
  store.log.driver.includes('libsql')
    ? `${store.log.driver}, because better-sqlite3 could not be loaded`
    : store.log.driver;

const unknownVariables = (environment: Surroundings['environment']): readonly string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('RAPPORT_') && !(name in VARIABLES))
    .map((name) => {
      const [near] = namesNear(name, Object.keys(VARIABLES));
      return `${name} is not a variable of this service${near === undefined ? '' : ` (${near}?)`}: it has no effect`;
    });
