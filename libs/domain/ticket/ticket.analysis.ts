import { refuse, reject, type Context } from '@rapport/kernel';
import type { AnalyseTicket } from './ticket.analysis.commands';
import * as events from './ticket.analysis.events';
import { assertConsistent } from './ticket.analysis.rules';
import type { Analysis, Offered } from './ticket.analysis.state';
import type { RationalityVerdict } from './ticket.analysis.values';
import { localDayOf, zoneOf } from './ticket.days';
import { intake } from './ticket.intake';
import { riskPlanInForce } from './ticket.riskplan';
import {
  openTicket,
  present,
  timely,
  type Decide,
  type Facts,
  type Known,
  type Ticket,
} from './ticket.state';
import type { TicketType } from './ticket.values';

/** Analysis: a need is weighed, its verdict told, something else offered (SYS-13, template 2). */
export const analysis = {
  AnalyseTicket: (ticket, command, context) => {
    const { of } = openTicket(ticket, context.now);
    if (of.analysis)
      return refuse('TICKET_ANALYSED', 'the ticket has been analysed: revise the analysis', {
        version: of.analysis.version,
      });
    const { type, before } = classified(ticket, command, context);
    const told = assessed(of, type, command, context);
    return [...before, events.TicketAnalysed.of({ ...of, ...told, type, version: 1 })];
  },

  ReviseAnalysis: (ticket, { revisionReason, ...command }, context) => {
    const { of } = openTicket(ticket, context.now);
    const { version, verdict: from } = analysisOf(of);
    const { type, before } = classified(ticket, command, context);
    const told = { ...assessed(of, type, command, context), version: version + 1, from, revisionReason };
    return [...before, events.TicketAnalysisRevised.of({ ...of, ...told, type })];
  },

  TellVerdict: (ticket, { toldAt, interactionId }, { now }) => {
    const found = openTicket(ticket, now);
    const { version, verdict, mustBeTold } = analysisOf(found.of);
    timely(found, 'toldAt', toldAt, now);
    if (!mustBeTold) return [];
    const told = { verdict, version, toldAt, ...present({ interactionId }) };
    return [events.VerdictTold.of({ ...found.of, ...told }, toldAt)];
  },

  OfferAlternative: (ticket, { alternativeId, alternative, offeredAt, interactionId }, { now }) => {
    const found = openTicket(ticket, now);
    const { version, verdict, offered } = analysisOf(found.of);
    timely(found, 'offeredAt', offeredAt, now);
    if (offered.some((one) => one.alternativeId === alternativeId))
      return refuse('ALTERNATIVE_EXISTS', `${alternativeId} has been offered already`, { alternativeId });
    const offer = { alternativeId, alternative, version, verdict, offeredAt, ...present({ interactionId }) };
    return [events.AlternativeOffered.of({ ...found.of, ...offer }, offeredAt)];
  },

  RecordAlternativeAnswer: (ticket, { answer, words, insists = false, ...told }, { now }) => {
    const found = openTicket(ticket, now);
    const { answer: before, offeredAt, version } = offer(found.of, told.alternativeId);
    timely(found, 'answeredAt', told.answeredAt, now);
    if (told.answeredAt < offeredAt)
      return reject('BEFORE_OFFERED', 'answeredAt', 'answeredAt lies before the alternative was offered');
    if (answer === 'ACCEPTED' && insists)
      return reject('CONTRADICTORY_ANSWER', 'insists', 'whoever takes the alternative does not insist');
    if (before === answer) return [];
    if (before !== null)
      return refuse('ALTERNATIVE_ANSWERED', 'the customer has answered differently: offer another one');
    const said = { ...found.of, ...told, version, ...present({ answer: words }) };
    if (answer === 'ACCEPTED') return [events.AlternativeAccepted.of(said, told.answeredAt)];
    const rejected = events.AlternativeRejected.of({ ...said, insists }, told.answeredAt);
    return insists ? [rejected, ...riskPlanInForce(found.of, told.answeredAt)] : [rejected];
  },
} satisfies Partial<Decide>;

/** The assessment that holds; whatever builds on one is refused without it. */
export const analysisOf = ({ analysis: found }: Facts): Analysis =>
  found ?? refuse('ANALYSIS_REQUIRED', 'the ticket has not been analysed yet');

const offer = (of: Facts, alternativeId: string): Offered =>
  analysisOf(of).offered.find((one) => one.alternativeId === alternativeId) ??
  refuse('ALTERNATIVE_UNKNOWN', 'no such alternative was offered to the customer', { alternativeId });

type Told = Omit<AnalyseTicket, 'ticketId'> & { readonly ticketId: string };
type Asked = Context<Known['AnalyseTicket']>;

/** The type it has from now on: as it is, or as the analyst settles it, which is an event of its own (template 2). */
const classified = (ticket: Ticket, { ticketId, type: to, complaint }: Told, context: Asked) => {
  const { type } = openTicket(ticket, context.now).of;
  if (to === undefined || to === type) return { type: type ?? unclassified(), before: [] };
  const command = { ticketId, type: to, ...present({ complaint }) };
  return { type: to, before: intake.ClassifyTicket(ticket, command, context) };
};
const unclassified = (): never =>
  refuse('TICKET_UNCLASSIFIED', 'the ticket is still to be classified: name its type');

const assessed = (of: Facts, type: TicketType, command: Told, { known, now }: Asked) => {
  assertConsistent({ ...command, type });
  const zone = zoneOf(known.customer);
  if (command.analysedOn < localDayOf(of.raisedAt, zone))
    return reject('BEFORE_RAISED', 'analysedOn', 'analysedOn lies before the day on which it was raised');
  if (command.analysedOn > localDayOf(now, zone))
    return reject('IN_FUTURE', 'analysedOn', 'analysedOn lies in the future');
  const { ticketId: _, type: __, complaint: ___, resources, noAlternative = false, ...told } = command;
  return {
    ...told,
    noAlternative,
    alternativeRequired: told.alternative !== undefined,
    resources: { ...resources, budget: resources.budget ?? { minor: 0, currency: 'CNY' } },
    isComplex: told.isComplex ?? of.analysis?.isComplex ?? of.isComplex,
    mustBeTold: mustBeTold(of.analysis, told),
  };
};

interface Verdict {
  readonly verdict: RationalityVerdict;
  readonly reason?: string;
  readonly alternative?: string;
}
/** NO and PARTIAL must reach the customer; what was told already and has not changed need not be told again. */
const mustBeTold = (before: Analysis | undefined, { verdict, reason, alternative }: Verdict): boolean => {
  if (verdict === 'YES') return false;
  const same = before?.verdict === verdict && before.reason === reason && before.alternative === alternative;
  return same ? before.mustBeTold : true;
};
