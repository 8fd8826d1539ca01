import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { Application } from '../application';
import { handlersOf } from '../command-bus';
import type { Duty } from '../roles';
import { Settings } from '../settings';
import { Batches } from './batches';
import { CatalogueController } from './catalogue.controller';
import { CommandsController } from './commands.controller';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { HistoryController } from './history.controller';
import { Metrics } from './metrics';
import { OperationsController } from './operations.controller';
import { OperatorsOnly } from './operators';
import { RebuildController } from './rebuild.controller';
import { ReportsController } from './reports.controller';
import { RequestLog } from './request-log';
import { RouteNames } from './route-names';
import { RowsController } from './rows.controller';
import { StopSign } from './stop-sign';
import { TicketTemplatesController } from './ticket-templates.controller';
import { WhatIfController } from './what-if.controller';
import { TicketDeadlinesController } from './ticket-deadlines.controller';

/** In the order in which addresses are looked for: rows of read models take what nobody else has. */
const CONTROLLERS: Readonly<Record<Duty['serves'], readonly Type[]>> = {
  health: [OperationsController, RebuildController, HealthController],
  everything: [
    ...[CommandsController, ReportsController, HistoryController, CatalogueController],
    TicketTemplatesController,
    TicketDeadlinesController,
    WhatIfController,
    ...[OperationsController, RebuildController, HealthController, DocsController],
    RowsController,
  ],
};

/** The application on HTTP and on Nest's command bus. */
@Module({})
export class HttpModule {
  static of(
    application: Application,
    settings: Settings,
    log: Logger,
    serves: Duty['serves'] = 'everything',
  ): DynamicModule {
    const routes = new RouteNames(application);
    return {
      module: HttpModule,
      imports: [CqrsModule.forRoot()],
      controllers: [...CONTROLLERS[serves]],
      providers: [
        { provide: Application, useValue: application },
        { provide: Settings, useValue: settings },
        { provide: RequestLog, useValue: new RequestLog(log, routes) },
        { provide: Metrics, useValue: new Metrics(application, routes) },
        { provide: StopSign, useValue: new StopSign() },
        Batches,
        OperatorsOnly,
        ...handlersOf(application.plan.aggregates),
      ],
      exports: [Application, CqrsModule],
    };
  }
}
