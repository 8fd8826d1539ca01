import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Application } from '../application';
import { asyncApiOf } from '../async-api';
import { isAuthenticated, Settings } from '../settings';
import { DOCS_PAGE } from './docs-page';
import { openApiOf } from './open-api';

/** The service describes itself, to programs and to people. */
@Controller()
export class DocsController {
  private readonly document: string;
  private readonly bus: string;

  constructor(@Inject(Application) application: Application, @Inject(Settings) settings: Settings) {
    this.bus = JSON.stringify(asyncApiOf(application.commands.keys()));
    this.document = JSON.stringify(openApiOf(application, isAuthenticated(settings)));
  }

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openApi(): string {
    return this.document;
  }

  @Get('asyncapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  asyncApi(): string {
    return this.bus;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'",
  )
  page(): string {
    return DOCS_PAGE;
  }
}
