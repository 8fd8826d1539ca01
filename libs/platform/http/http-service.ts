import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Application } from '../application';
import type { Duty } from '../roles';
import type { Settings } from '../settings';
import { useBodyParsers } from './body-parsers';
import { correlationIdOf } from './envelope';
import { HttpModule } from './http.module';
import { identification } from './identity';
import { Metrics } from './metrics';
import { ProblemFilter } from './problem.filter';
import { nestLoggerOn, RequestLog } from './request-log';

/** Keys and stream names may have 80 letters, each of them up to twelve characters of a path. */
const PATH_PART_MAX = 1_200;
/** Anybody may ask these: they hold names out of the program and figures, nothing of customers. */
const PUBLIC: ReadonlySet<string> = new Set([
  '/health/live',
  '/health/ready',
  '/metrics',
  '/openapi.json',
  '/asyncapi.json',
  '/docs',
]);

/** The application as an HTTP service, ready to listen. The caller starts and stops the application itself. */
export const httpService = async (
  application: Application,
  settings: Settings,
  log: Logger,
  serves: Duty['serves'] = 'everything',
): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({ routerOptions: { maxParamLength: PATH_PART_MAX } });
  const module = HttpModule.of(application, settings, log, serves);
  const logger = nestLoggerOn(log);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    ...{ logger, bodyParser: false, abortOnError: false },
  });
  useBodyParsers(app, settings);
  useHooks(app.getHttpAdapter().getInstance(), app, settings);
  app.useGlobalFilters(new ProblemFilter(app.get(RequestLog)));
  await app.init();
  return app;
};

/** Plain functions on every request: who asks, in which conversation; and afterwards one line and one figure. */
const useHooks = (fastify: FastifyInstance, app: NestFastifyApplication, settings: Settings): void => {
  const identify = identification(settings);
  const [requestLog, metrics] = [app.get(RequestLog), app.get(Metrics)];
  fastify.decorateRequest('correlationId', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    try {
      request.correlationId = correlationIdOf(request.headers);
      void reply.header('x-correlation-id', request.correlationId);
      if (PUBLIC.has(request.routeOptions.url ?? '')) return done();
      const actor = identify(request.headers);
      if (!(actor instanceof Promise)) {
        request.actor = actor;
        return done();
      }
      actor.then((known) => {
        request.actor = known;
        done();
      }, done);
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    requestLog.answered(request, reply);
    metrics.answered(request, reply);
    done();
  });
};
