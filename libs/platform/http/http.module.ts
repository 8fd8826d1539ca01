import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { Application } from '../application';
import { handlersOf } from '../command-bus';
import { Settings } from '../settings';
import { Batches } from './batches';
import { CatalogueController } from './catalogue.controller';
import { CommandsController } from './commands.controller';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { HistoryController } from './history.controller';
import { Metrics } from './metrics';
import { ReportsController } from './reports.controller';
import { RequestLog } from './request-log';
import { RouteNames } from './route-names';
import { RowsController } from './rows.controller';
import { StopSign } from './stop-sign';

/** The application on HTTP and on Nest's command bus. */
@Module({})
export class HttpModule {
  static of(application: Application, settings: Settings, log: Logger): DynamicModule {
    const routes = new RouteNames(application);
    return {
      module: HttpModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ...[CommandsController, ReportsController, HistoryController, CatalogueController],
        ...[HealthController, DocsController],
        RowsController,
      ],
      providers: [
        { provide: Application, useValue: application },
        { provide: Settings, useValue: settings },
        { provide: RequestLog, useValue: new RequestLog(log, routes) },
        { provide: Metrics, useValue: new Metrics(application, routes) },
        { provide: StopSign, useValue: new StopSign() },
        Batches,
        ...handlersOf(application.plan.aggregates),
      ],
      exports: [Application, CqrsModule],
    };
  }
}
