import { refuse, reject, type Actor, type Context, type NewEvent } from '@rapport/kernel';
import { hoursAfter } from '../commitment/commitment.values';
import { TicketClosed, TicketWithdrawn } from './ticket.events';
import * as events from './ticket.greenchannel.events';
import type { Green } from './ticket.greenchannel.state';
import { automaticForce } from './ticket.taskforce';
import {
  GREEN_PLAN_WITHIN_HOURS,
  type GreenChannelCause,
  type GreenChannelEnd,
} from './ticket.greenchannel.values';
import { TicketPrioritised, TicketPriorityOverridden } from './ticket.priority.events';
import { levelOf } from './ticket.priority.values';
import { isAutomatic, unapproved } from './ticket.roles';
import {
  openTicket,
  present,
  registered,
  timely,
  type Decide,
  type Facts,
  type Ticket,
} from './ticket.state';

/** The green channel: before all others, with a plan within two hours (R-12, R-13, SYS-24). */
export const greenChannel = {
  OpenGreenChannel: (ticket, { cause, ...told }, { now, actor }) => {
    const { of } = openTicket(ticket, now);
    if (of.green?.open) return openAlready(of.green, actor);
    if (isAutomatic(actor) && cause !== undefined) return opening(of, { cause }, now);
    if (of.priority === 1) return opening(of, { cause: 'QUADRANT_1' }, now);
    if (told.reason === undefined)
      return reject('REASON_MISSING', 'reason', 'what is not urgent and important needs a reason');
    return opening(
      of,
      { ...approvedBy(of, actor, told.approverId), cause: 'BY_HAND', reason: told.reason },
      now,
    );
  },

  CloseGreenChannel: (ticket, { result, restoredAt: given }, { now }) => {
    if (registered(ticket, now).of.green?.open !== true) return neverOpen(ticket);
    const found = openTicket(ticket, now);
    const restoredAt = timely(found, 'restoredAt', given ?? now, now);
    const { planned, closed } = closing(found.of, 'RESTORED', now);
    if (restoredAt < closed.openedAt)
      reject(
        'RESTORED_BEFORE_OPENED',
        'restoredAt',
        'it cannot have been restored before the channel was opened',
      );
    if (!planned)
      refuse('PLAN_REQUIRED', 'no plan has been presented in this channel', { planBy: closed.planBy });
    return [events.GreenChannelClosed.of({ ...closed, result, restoredAt })];
  },
} satisfies Partial<Decide>;

type Ranks = Pick<Decide, 'PrioritiseTicket' | 'OverridePriority'>;
type Ends = Pick<Decide, 'CloseTicket' | 'CloseUnconfirmed' | 'WithdrawTicket'>;
/** Decisions of other topics that open a channel, or end one, in the same breath. */
export const throughGreenChannel = (rules: Ranks & Ends): Ranks & Ends => ({
  PrioritiseTicket: (ticket, command, context) =>
    openedWith(ticket, rules.PrioritiseTicket(ticket, command, context), context),
  OverridePriority: (ticket, command, context) =>
    openedWith(ticket, rules.OverridePriority(ticket, command, context), context),
  CloseTicket: (ticket, command, context) =>
    closedWith(ticket, rules.CloseTicket(ticket, command, context), context),
  CloseUnconfirmed: (ticket, command, context) =>
    closedWith(ticket, rules.CloseUnconfirmed(ticket, command, context), context),
  WithdrawTicket: (ticket, command, context) =>
    closedWith(ticket, rules.WithdrawTicket(ticket, command, context), context),
});
type Decided = ReturnType<Decide['PrioritiseTicket']>;
type Now = Pick<Context, 'now'>;

const openedWith = (ticket: Ticket, decided: Decided, { now }: Now): Decided => {
  if (ticket.stage === 'unregistered' || ticket.of.green?.open || !decided.some(isFirstQuadrant))
    return decided;
  return [...decided, ...opening({ ...ticket.of, priority: 1 }, { cause: 'QUADRANT_1' }, now)];
};
const isFirstQuadrant = ({ messageClass, data }: NewEvent): boolean =>
  (messageClass === TicketPrioritised || messageClass === TicketPriorityOverridden) &&
  (data as TicketPrioritised).quadrant === 'Q1';

/** A ticket that ends takes its channel with it, plan or not. */
const closedWith = (ticket: Ticket, decided: Decided, { now }: Now): Decided => {
  if (ticket.stage === 'unregistered' || !ticket.of.green?.open) return decided;
  const { of } = ticket;
  return decided.flatMap((event) => {
    const end = ENDS.get(event.messageClass);
    return end ? [events.GreenChannelClosed.of(closing(of, end, now).closed, event.at), event] : [event];
  });
};
const ENDS: ReadonlyMap<object, GreenChannelEnd> = new Map<object, GreenChannelEnd>([
  [TicketClosed, 'TICKET_CLOSED'],
  [TicketWithdrawn, 'TICKET_WITHDRAWN'],
]);

interface Grounds {
  readonly cause: GreenChannelCause;
  readonly reason?: string;
  readonly approverId?: string;
}
const opening = (of: Facts, grounds: Grounds, now: string) => {
  const planBy = hoursAfter(now, GREEN_PLAN_WITHIN_HOURS);
  const opened = events.GreenChannelOpened.of({ ...of, ...grounds, openedAt: now, planBy });
  return [opened, ...automaticForce(of, now)];
};

/** What the house asks for twice is so already; a person learns that it is (SYS-24). */
const openAlready = ({ channel }: Green, actor: Actor): [] =>
  isAutomatic(actor)
    ? []
    : refuse('GREEN_CHANNEL_OPEN', 'the ticket has an open channel', {
        ...present({ openedAt: channel?.openedAt }),
      });
const neverOpen = (ticket: Ticket): [] =>
  ticket.stage !== 'unregistered' && ticket.of.green
    ? []
    : refuse('GREEN_CHANNEL_UNKNOWN', 'no channel was opened for this ticket');

/** Somebody of the role, other than the owner, stands for what nobody has found to be important (SYS-24). */
const approvedBy = ({ priority, ownerId }: Facts, actor: Actor, approverId = actor.id) => {
  if (unapproved(actor, ownerId, approverId) === null) return { approverId };
  if (priority === IMPORTANT_LEVEL) return {};
  return refuse(
    'APPROVER_REQUIRED',
    'a supervisor or somebody above, other than the owner, has to open it',
    present({ priority }),
  );
};
/** Important, though not urgent: a reason is enough (SYS-24). */
const IMPORTANT_LEVEL = levelOf('Q2');

/** What is told of a channel that ends, and whether a plan was presented in it. */
const closing = ({ plannedAt: last, ...of }: Facts, end: GreenChannelEnd, now: string) => {
  const { channel } = of.green ?? {};
  if (!channel) throw new Error('a channel is to end that was never opened');
  const { openedAt, planBy } = channel;
  const plannedAt = last !== undefined && last >= openedAt ? last : undefined;
  const planLate = (plannedAt ?? now) > planBy;
  const plan = present({ plannedAt });
  return {
    planned: plannedAt !== undefined,
    closed: { ...of, ...channel, ...plan, end, planLate, closedAt: now },
  };
};
