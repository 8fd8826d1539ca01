import { Body, Controller, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsISO8601, IsString, Length } from 'class-validator';

/** As many fields as the command beside which it is measured. */
class BareTicket {
  @IsString() @Length(1, 80) ticketId!: string;
  @IsString() @Length(1, 80) customerId!: string;
  @IsIn(['FUNCTIONAL', 'SERVICE', 'COMPLAINT', 'COOPERATION']) type!: string;
  @IsIn(['URGENT', 'IMPORTANT', 'ROUTINE']) urgency!: string;
  @IsIn(['PHONE', 'EMAIL']) channel!: string;
  @IsString() @Length(1, 4000) verbatim!: string;
  @IsString() @Length(1, 80) collectorId!: string;
  @IsISO8601() raisedAt!: string;
}

@Controller()
class BareController {
  private taken = 0;

  @Post('tickets')
  @HttpCode(200)
  take(@Body() ticket: BareTicket) {
    return { position: ++this.taken, ticketId: ticket.ticketId };
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

/** The floor of HTTP: Nest on Fastify with a validated body, and nothing behind it. */
export const bareService = async (): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
    logger: false,
  });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await app.listen(0, '127.0.0.1');
  return app;
};
