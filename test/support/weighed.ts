import { AnalyseTicket } from '@rapport/domain/commands';
import { ToldResources } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';

/** A need that can be satisfied at once, by whoever is there: what has to be so before it is ranked. */
export const weighedAsUsual = (ticketId: string, analysedOn: string): AnalyseTicket =>
  AnalyseTicket.of({
    ...{ ticketId, verdict: 'YES', inScope: true, matchesIndustryNorm: true, operable: true, analystId: 'u' },
    ...{ suggestionCode: 'IMMEDIATELY_SATISFIABLE', suggestionText: 'do it', reason: 'as usual' },
    ...{ responsibleDepartment: 'RND', analysedOn, resources: hydrate(ToldResources, { people: [] }) },
  });
