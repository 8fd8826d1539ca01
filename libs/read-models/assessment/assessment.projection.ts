import * as events from '@rapport/domain/events';
import type {
  AlternativeAnswer,
  Department,
  HandlingSuggestion,
  RationalityVerdict,
  TicketType,
  Urgency,
} from '@rapport/domain/values';
import { flag, howMany, instant, integer, maybe, projection, text } from '@rapport/kernel';

interface Versioned {
  readonly ticketId: string;
  readonly version: number;
}
/** `t-1|2` */
export const assessmentKey = ({ ticketId, version }: Versioned): string => `${ticketId}|${version}`;
const ofVersion = (data: Versioned): readonly string[] => [assessmentKey(data)];

/** Every version of every assessment. What was said of the need stays in the event: it is in the words of people. */
export const assessment = projection(events, {
  name: 'assessment',
  version: 1,
  about:
    'How was a ticket weighed, version by version: can it be done, by whom, and has the customer been told?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket that was weighed (SYS-13.1)'),
    customerId: text().says('Whose ticket it is (SYS-13.1)'),
    version: integer(1).says('1 at first, one more with each revision (SYS-13.5)', 'ordinal'),
    current: flag().says('The version that holds; all others have been revised (SYS-13.5)'),
    type: maybe(text<TicketType>('SERVICE')).says('FUNCTIONAL, SERVICE, COMPLAINT or COOPERATION, as the analyst settled it (R-41)'),
    urgency: text<Urgency>('ROUTINE').says('URGENT, IMPORTANT or ROUTINE when it was weighed (R-42)'),
    isComplex: flag().says('Talked over in a meeting (SYS-15.2)'),
    verdict: text<RationalityVerdict>('YES').says('Can it be done as wished? YES, NO or PARTIAL (SYS-13.1)'),
    inScope: flag().says('Within what we offer as a service (SYS-13.1)'),
    matchesIndustryNorm: flag().says('As it is done in the trade (SYS-13.1)'),
    operable: flag().says('Can be carried out (SYS-13.1)'),
    suggestion: text<HandlingSuggestion>('NEEDS_COORDINATION').says('IMMEDIATELY_SATISFIABLE, NEEDS_COORDINATION or NOT_NOW_ALTERNATIVE (SYS-13.1)'),
    alternativeRequired: flag().says('Something else is to be offered instead, or meanwhile (SYS-13.2)'),
    noAlternative: flag().says('It was looked for and there is none (SYS-13.2, C-13)'),
    alternativesOffered: howMany().says('What was offered to the customer after this version (R-65)'),
    lastAnswer: maybe(text<AlternativeAnswer>('ACCEPTED')).says('ACCEPTED or REJECTED: the last word on an alternative; null: none yet (SYS-13)'),
    insists: flag().says('The customer insists on what was wished for at first (SYS-13)'),
    mustBeTold: flag().says('NO or PARTIAL, and nobody has told the customer: it cannot be closed (SYS-13.2)'),
    toldAt: maybe(instant()).says('When the customer heard of the verdict; null: not yet, or there was no need (SYS-13.2)'),
    responsibleDepartment: text<Department>('RND').says('Who does the work; the lead department faces the customer (C-17)'),
    analystId: text().says('The person who weighed it (SYS-13.1)'),
    analysedOn: text().says('The day on which it was weighed, by the calendar of the customer (SYS-13.5)', 'day'),
    analysedAt: instant().says('When it was stored (SYS-13.5)'),
    roadmapPosition: maybe(text()).says('Where a function stands on the roadmap; null: nowhere, or no function (SYS-13.6)'),
  },
  indexes: [['ticketId'], ['customerId'], ['current', 'mustBeTold'], ['responsibleDepartment', 'current']],
  history: true,
  key: 'ticketId',
  per: 'version of the assessment of a ticket',
  keys: {
    TicketAnalysed: ofVersion,
    TicketAnalysisRevised: ({ ticketId, version }) => [
      assessmentKey({ ticketId, version: version - 1 }),
      assessmentKey({ ticketId, version }),
    ],
    ...{ VerdictTold: ofVersion, AlternativeOffered: ofVersion },
    ...{ AlternativeAccepted: ofVersion, AlternativeRejected: ofVersion },
  },
}).on({
  TicketAnalysed: (_, data, { occurredAt }) => weighed(data, occurredAt),
  TicketAnalysisRevised: ({ key }, data, { occurredAt }) =>
    key === assessmentKey(data) ? weighed(data, occurredAt) : { current: false },
  VerdictTold: (_, { toldAt }) => ({ mustBeTold: false, toldAt }),
  AlternativeOffered: ({ alternativesOffered, mustBeTold, toldAt }, { offeredAt }) => ({
    alternativesOffered: alternativesOffered + 1,
    ...{ mustBeTold: false, toldAt: mustBeTold ? offeredAt : toldAt },
  }),
  AlternativeAccepted: () => ({ lastAnswer: 'ACCEPTED', insists: false }),
  AlternativeRejected: (_, { insists }) => ({ lastAnswer: 'REJECTED', insists }),
});

type Weighed = Readonly<events.TicketAnalysed>;
const weighed = (data: Weighed, analysedAt: string) => {
  const { type = null, roadmapPosition = null, suggestionCode: suggestion } = data;
  const { ticketId, customerId, version, urgency, isComplex, verdict, mustBeTold, noAlternative } = data;
  const { inScope, matchesIndustryNorm, operable, alternativeRequired, analystId, analysedOn } = data;
  return {
    ...{ ticketId, customerId, version, current: true, type, urgency, isComplex, verdict, mustBeTold },
    ...{ inScope, matchesIndustryNorm, operable, suggestion, alternativeRequired, noAlternative },
    ...{ analystId, analysedOn, analysedAt, roadmapPosition },
    responsibleDepartment: data.responsibleDepartment,
  };
};
