import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino, { type Logger } from 'pino';
import type { OnRefused } from '@rapport/kernel';
import type { Application } from './application';
import { httpService } from './http/http-service';
import { StopSign } from './http/stop-sign';
import {
  BadSettings,
  EXIT_BAD_SETTINGS,
  isAuthenticated,
  settingsFrom,
  VARIABLES,
  type Settings,
} from './settings';
import { namesNear } from './near-names';
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

export interface Parts {
  readonly settings: Settings;
  readonly log: Logger;
  /** A loop broke: told to the log; `/health/ready` says which. */
  readonly onFailure: (error: unknown) => void;
  /** A policy's command met a no: expected, and told without saying whom it concerned. */
  readonly onRefused: OnRefused;
}
type Open = (parts: Parts) => Promise<Application>;

/** A running service. `stop` finishes the requests under way, then what follows from them, and lets go of the data. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly application: Application;
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs API, read models, policies and timers in this process until it is told to stop. */
export const runStandalone = async (open: Open, around = processSurroundings()): Promise<Service | null> => {
  try {
    const settings = settingsFrom(around.environment);
    const service = await serve(open, settings, around.log(settings));
    for (const line of greeting(service, settings)) around.say(line);
    for (const line of unknownVariables(around.environment)) around.say(line);
    return service;
  } catch (error) {
    const bad = error instanceof BadSettings;
    for (const line of bad ? error.lines : [`cannot start: ${String(error)}`]) around.say(line);
    around.exit(bad ? EXIT_BAD_SETTINGS : 1);
    return null;
  }
};

/** Reads begin before the first request is taken; requests are answered while the rest is still being read. */
export const serve = async (open: Open, settings: Settings, log: Logger): Promise<Service> => {
  const onFailure = (error: unknown) => log.fatal({ err: error }, 'a loop has stopped: see /health/ready');
  const onRefused: OnRefused = (policy, command, { code }) =>
    log.info({ policy, command: command.constructor.name, code }, 'a policy was refused');
  const application = await open({ settings, log, onFailure, onRefused });
  const app = await httpService(application, settings, log);
  await application.start();
  const ticker = new Ticker(application, settings.RAPPORT_TICK_MS, (error) =>
    log.error({ err: error }, 'timers could not be fired: they are tried again at the next beat'),
  );
  ticker.start();
  await app.listen(settings.RAPPORT_PORT, settings.RAPPORT_HOST);
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= stopAll(app, ticker, application, settings.RAPPORT_STOP_MS));
  return { app, application, url: (await app.getUrl()).replace('[::1]', 'localhost'), stop };
};

/** A connection whose last answer has gone out is closed so soon: clients keep them open for the next request. */
const SWEEP_MS = 20;
/** Requests first, for they may still bring commands; then the loops, then the files. */
const stopAll = async (
  app: NestFastifyApplication,
  ticker: Ticker,
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
  await ticker.stop();
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

const greeting = ({ url, application }: Service, settings: Settings): readonly string[] => [
  `Rapport listens on ${url}`,
  `  for people     ${url}/docs`,
  `  for programs   ${url}/openapi.json`,
  `  data           ${settings.RAPPORT_DATA}, ${driverOf(application)}`,
  ...(isAuthenticated(settings)
    ? []
    : [
        '  development    no authentication: X-Actor-Id and X-Actor-Role are believed; only this machine is served',
      ]),
];

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
