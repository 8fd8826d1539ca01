import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { PublishSlaPolicy, PublishWorkingCalendar } from '@rapport/domain/commands';
import { SlaMoment } from '@rapport/domain/values';
import { assertValid, Count, hydrate, Instant, OneOf, Optional, Part } from '@rapport/kernel';
import { Application } from '../application';
import { BREACHES_LISTED_MAX, slaWhatIf } from '../whatif/sla-what-if';
import { plainObject } from './body-parsers';

/** Tickets that one request looks at, so that it ends while somebody waits; the answer says where to go on. */
const TICKETS_MAX = 2_000;
const BREACHES_LISTED = 100;

export class SlaWhatIfParams {
  /** As it would be published; absent: the policy that is built in. */
  @Optional() @Part(PublishSlaPolicy) policy?: PublishSlaPolicy;
  /** As it would be published; absent: the calendars that held. */
  @Optional() @Part(PublishWorkingCalendar) calendar?: PublishWorkingCalendar;
  /** Tickets that were raised then or later, */
  @Instant() from!: string;
  /** and before then. */
  @Instant() to!: string;
  /** Only the clocks of this moment. */
  @Optional() @OneOf(SlaMoment) moment?: SlaMoment;
  /** List so many breaches, those that took longest first; 100 if nothing is said. */
  @Optional() @Count(0, BREACHES_LISTED_MAX) breaches?: number;
  /** Look at so many tickets; 2,000 if nothing is said. */
  @Optional() @Count(1, TICKETS_MAX) tickets?: number;
}

/** What a policy would have meant, before anybody publishes it: POST /sla-policies/what-if. Nothing is written (SYS-20). */
@Controller('sla-policies')
export class WhatIfController {
  constructor(@Inject(Application) private readonly application: Application) {}

  @Post('what-if')
  @HttpCode(200)
  async whatIf(@Body() body: unknown) {
    const wish = hydrate(SlaWhatIfParams, plainObject(body));
    assertValid(wish);
    const { breaches: listed = BREACHES_LISTED, tickets: ticketsMax = TICKETS_MAX, ...span } = wish;
    const asOf = this.application.now();
    const data = await slaWhatIf(this.application, { ...span, listed, ticketsMax, asOf });
    return {
      data,
      publish: { method: 'POST', path: `/commands/${PublishSlaPolicy.name}`, body: wish.policy ?? null },
    };
  }
}
