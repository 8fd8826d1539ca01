import type { Rules } from '@rapport/kernel';
import { usage } from './interaction/usage.decider';
import { commitment } from './commitment/commitment.decider';
import { complaint } from './complaint/complaint.decider';
import { customer } from './customer/customer.decider';
import { lifecycle } from './customer/lifecycle.decider';
import { purchase } from './customer/purchase.decider';
import { behaviour } from './interaction/behaviour.decider';
import { consent } from './privacy/consent.decider';
import { churnRisk } from './retention/churnrisk.decider';
import { trustRepair } from './commitment/trustrepair.decider';
import { notification } from './interaction/notification.decider';
import { staff } from './team/staff.decider';
import { escalation } from './sla/escalation.decider';
import { slaClocks } from './sla/slaclocks.decider';
import { slaPolicy } from './sla/slapolicy.decider';
import { workingCalendar } from './sla/workingcalendar.decider';
import { ticket } from './ticket/ticket.decider';
import { ticketRegister } from './ticket/ticketregister.decider';
import { tieringRules } from './value/tieringrules.decider';
import { value } from './value/value.decider';

/** The door for the host: the whole write side in one list. */
export const aggregates: readonly Rules[] = [
  customer,
  purchase,
  lifecycle,
  churnRisk,
  value,
  tieringRules,
  ticket,
  ticketRegister,
  complaint,
  consent,
  behaviour,
  usage,
  commitment,
  escalation,
  slaClocks,
  slaPolicy,
  workingCalendar,
  trustRepair,
  notification,
  staff,
];
