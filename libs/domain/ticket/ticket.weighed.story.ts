import { hydrate } from '@rapport/kernel';
import { AnalyseTicket } from './ticket.analysis.commands';
import { TicketAnalysed } from './ticket.analysis.events';
import { PeopleNeeded, ToldResources, type RequiredResources } from './ticket.analysis.values';
import { TicketRegistered } from './ticket.events';

/** WE-01: a need that was raised on Friday 1 March 2024 at 17:00 in Shanghai, and weighed on Saturday at 11:00. */
export const raisedAt = '2024-03-01T09:00:00.000Z';
export const NOW = '2024-03-02T03:00:00.000Z';
export const uma = { id: 'uma', role: 'SUPERVISOR' };

export const of = {
  ...({ ticketId: 't-1', customerId: 'c-1', type: 'FUNCTIONAL', urgency: 'IMPORTANT' } as const),
  raisedAt,
};
export const told = { channel: 'EMAIL', verbatim: 'export all orders', collectorId: 'sam' } as const;
export const flags = { isEnquiry: false, isComplex: false };
export const registeredAs = (changes: Partial<TicketRegistered> = {}) =>
  TicketRegistered.of({ ...of, ...told, ...flags, ...changes }, raisedAt);
export const registered = registeredAs();

export const needed = (department: PeopleNeeded['department'], count: number) =>
  hydrate(PeopleNeeded, { department, people: count });
export const people = [needed('TECHNICAL', 2), needed('PRODUCT', 1)];
export const assessment: Omit<
  AnalyseTicket,
  'ticketId' | 'resources' | 'type' | 'isComplex' | 'noAlternative'
> = {
  ...{ verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ reason: 'the export needs development', suggestionCode: 'NEEDS_COORDINATION' },
  ...{ suggestionText: 'develop it; meanwhile a spreadsheet', alternative: 'a spreadsheet template' },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02' },
};
export const wanted = { ticketId: 't-1', ...assessment, resources: hydrate(ToldResources, { people }) };
const resources: RequiredResources = { people, budget: { minor: 0, currency: 'CNY' } };
export const stored: TicketAnalysed = {
  ...{ ...of, ...assessment, resources, version: 1, isComplex: false },
  ...{ alternativeRequired: true, noAlternative: false, mustBeTold: true },
};
export const analysed = TicketAnalysed.of(stored);

export const analyse = (changes: Partial<AnalyseTicket> = {}) => AnalyseTicket.of({ ...wanted, ...changes });
/** The same command without some of its fields. */
export const without = (...fields: readonly (keyof typeof wanted)[]) =>
  AnalyseTicket.of(
    Object.fromEntries(
      Object.entries(wanted).filter(([name]) => !fields.includes(name as keyof typeof wanted)),
    ) as typeof wanted,
  );
