import { Amount, hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.analysis.commands';
import * as e from './ticket.analysis.events';
import { CONTRADICTIONS, type Assessment } from './ticket.analysis.rules';
import { isYesProposed, PeopleNeeded, ToldResources, type RequiredResources } from './ticket.analysis.values';
import { CloseTicket, CloseUnconfirmed } from './ticket.commands';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';

/** WE-01: Friday 1 March 2024, 17:00 in Shanghai. */
const raisedAt = '2024-03-01T09:00:00.000Z';
const NOW = '2024-03-02T03:00:00.000Z';
const uma = { id: 'uma', role: 'SUPERVISOR' };
const at = (now: string, actor = uma) => scenario(ticket, { now, actor }).given;
const given = at(NOW);
const known = { customer: { stage: 'known', profile: { ZONE: 'Asia/Shanghai' }, contacts: {} } };

const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
const told = { channel: 'EMAIL', verbatim: 'export all orders', collectorId: 'sam' } as const;
const flags = { isEnquiry: false, isComplex: false };
const registered = t.TicketRegistered.of({ ...of, ...told, ...flags }, raisedAt);
const unclassified = (() => {
  const { type: _, ...without } = of;
  return t.TicketRegistered.of({ ...without, ...told, ...flags }, raisedAt);
})();

const needed = (department: PeopleNeeded['department'], count: number) =>
  hydrate(PeopleNeeded, { department, people: count });
const people = [needed('TECHNICAL', 2), needed('PRODUCT', 1)];
const assessment: Omit<c.AnalyseTicket, 'ticketId' | 'resources' | 'type' | 'isComplex' | 'noAlternative'> = {
  ...{ verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ reason: 'the export needs development', suggestionCode: 'NEEDS_COORDINATION' },
  ...{ suggestionText: 'develop it; meanwhile a spreadsheet', alternative: 'a spreadsheet template' },
  ...{ responsibleDepartment: 'RND', analystId: 'uma', analysedOn: '2024-03-02' },
};
const wanted = { ticketId: 't-1', ...assessment, resources: hydrate(ToldResources, { people }) };
const resources: RequiredResources = { people, budget: { minor: 0, currency: 'CNY' } };
const stored: e.TicketAnalysed = {
  ...{ ...of, ...assessment, resources, version: 1, isComplex: false },
  ...{ alternativeRequired: true, noAlternative: false, mustBeTold: true },
};
const analysed = e.TicketAnalysed.of(stored);
const led = t.LeadDepartmentAssigned.of({ ...of, to: 'PRODUCT', reassignment: false });
const analyse = (changes: Partial<c.AnalyseTicket> = {}) => c.AnalyseTicket.of({ ...wanted, ...changes });
const without = <K extends keyof typeof wanted>(...fields: K[]) =>
  c.AnalyseTicket.of(
    Object.fromEntries(
      Object.entries(wanted).filter(([name]) => !fields.includes(name as K)),
    ) as typeof wanted,
  );

describe('a need is analysed', () => {
  it('as in WE-01: PARTIAL, coordination and an alternative, 2 technical and 1 product; PRODUCT leads, RND works', () => {
    given(registered).when(analyse(), known).then(analysed, led);
  });
  it('the lead department is the one of the type, unless somebody has named one', () => {
    const named = t.LeadDepartmentAssigned.of({ ...of, to: 'DESIGN', reassignment: false });
    given(registered, named).when(analyse(), known).then(analysed);
    const service = t.TicketRegistered.of({ ...of, type: 'SERVICE', ...told, ...flags }, raisedAt);
    given(service)
      .when(analyse(), known)
      .then(
        e.TicketAnalysed.of({ ...stored, type: 'SERVICE' }),
        t.LeadDepartmentAssigned.of({ ...of, type: 'SERVICE', to: 'CUSTOMER_SERVICE', reassignment: false }),
      );
  });
  it('once it is classified: here, or before', () => {
    given(unclassified).when(analyse(), known).thenRefused('TICKET_UNCLASSIFIED');
    const { type: _, ...unknown } = of;
    const classified = t.TicketClassified.of({
      ...{ ...unknown, type: 'FUNCTIONAL', to: 'FUNCTIONAL', isEnquiry: false, channel: 'EMAIL' },
    });
    given(unclassified)
      .when(analyse({ type: 'FUNCTIONAL' }), known)
      .then(classified, analysed, led);
  });
  it('a corrected type is an event of its own, and the assessment is of the new type', () => {
    const corrected = t.TicketClassified.of({
      ...{ ...of, type: 'SERVICE', from: 'FUNCTIONAL', to: 'SERVICE', isEnquiry: false, channel: 'EMAIL' },
    });
    given(registered)
      .when(analyse({ type: 'SERVICE' }), known)
      .then(
        corrected,
        e.TicketAnalysed.of({ ...stored, type: 'SERVICE' }),
        t.LeadDepartmentAssigned.of({ ...of, type: 'SERVICE', to: 'CUSTOMER_SERVICE', reassignment: false }),
      );
  });
  it('a budget and a place on the roadmap are kept', () => {
    const budget = hydrate(Amount, { minor: 50_000_00, currency: 'CNY' });
    given(registered)
      .when(analyse({ resources: hydrate(ToldResources, { people, budget }), roadmapPosition: 'Q3' }), known)
      .then(e.TicketAnalysed.of({ ...stored, resources: { people, budget }, roadmapPosition: 'Q3' }), led);
  });
  it('on a day of the customer’s calendar between the day it was raised and today', () => {
    const late = at('2024-03-02T17:00:00.000Z');
    given(registered)
      .when(analyse({ analysedOn: '2024-02-29' }), known)
      .thenRefused('BEFORE_RAISED');
    given(registered)
      .when(analyse({ analysedOn: '2024-03-03' }), known)
      .thenRefused('IN_FUTURE');
    given(registered)
      .when(analyse({ analysedOn: '2024-03-01' }), known)
      .then(e.TicketAnalysed.of({ ...stored, analysedOn: '2024-03-01' }), led);
    // It is Sunday already in Shanghai.
    late(registered)
      .when(analyse({ analysedOn: '2024-03-03' }), known)
      .then(e.TicketAnalysed.of({ ...stored, analysedOn: '2024-03-03' }), led);
  });
  it('not when it is closed, and not twice: it is revised', () => {
    const closed = t.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });
    given(registered, closed).when(analyse(), known).thenRefused('TICKET_CLOSED');
    given(registered, analysed).when(analyse(), known).thenRefused('TICKET_ANALYSED');
  });
});

describe('an assessment does not contradict itself', () => {
  it('PARTIAL without an alternative is refused, and so is NO (WE-01 e)', () => {
    given(registered).when(without('alternative'), known).thenRefused('ALTERNATIVE_MISSING');
    given(registered)
      .when(c.AnalyseTicket.of({ ...without('alternative'), verdict: 'NO' }), known)
      .thenRefused('ALTERNATIVE_MISSING');
  });
  it('"there is none" is an answer, too', () => {
    const none = c.AnalyseTicket.of({ ...without('alternative'), verdict: 'NO', noAlternative: true });
    const { alternative: _, ...rest } = stored;
    given(registered)
      .when(none, known)
      .then(
        e.TicketAnalysed.of({ ...rest, verdict: 'NO', noAlternative: true, alternativeRequired: false }),
        led,
      );
  });
  it('what cannot be done cannot be satisfied at once', () => {
    given(registered)
      .when(analyse({ verdict: 'NO', suggestionCode: 'IMMEDIATELY_SATISFIABLE' }), known)
      .thenRefused('CONTRADICTORY_ASSESSMENT');
  });
  it('a reason is given with NO and PARTIAL, and with YES in spite of a failed test', () => {
    given(registered).when(without('reason'), known).thenRefused('REASON_MISSING');
    given(registered)
      .when(c.AnalyseTicket.of({ ...without('reason'), verdict: 'YES' }), known)
      .thenRefused('REASON_MISSING');
    const yes = { ...without('reason', 'alternative'), verdict: 'YES', operable: true } as const;
    const { reason: _, alternative: __, ...rest } = stored;
    given(registered)
      .when(c.AnalyseTicket.of(yes), known)
      .then(
        e.TicketAnalysed.of({
          ...{ ...rest, verdict: 'YES', operable: true, mustBeTold: false, alternativeRequired: false },
        }),
        led,
      );
  });
  it('numbers of people are nothing or more, and every department is named', () => {
    const few = (n: number) => hydrate(ToldResources, { people: [{ department: 'RND', people: n }] });
    expect(() =>
      given(registered)
        .when(analyse({ resources: few(-1) }), known)
        .thenNothing(),
    ).toThrow(/people/);
    expect(() =>
      given(registered)
        .when(analyse({ responsibleDepartment: '' as 'RND' }), known)
        .thenNothing(),
    ).toThrow(/responsibleDepartment/);
  });

  const sound: Assessment = {
    ...{ ...assessment, type: 'FUNCTIONAL', resources: { people } },
  };
  const broken: Readonly<Record<string, Partial<Assessment>>> = {
    'what cannot be done cannot be satisfied at once': {
      ...{ verdict: 'NO', suggestionCode: 'IMMEDIATELY_SATISFIABLE' },
    },
    'an alternative is named and there is none: say one of the two': { noAlternative: true },
    'a budget is nothing or more': { resources: { people, budget: { minor: -1 } } },
    'each department stands in the resources once, with all its people': {
      resources: { people: [...people, needed('PRODUCT', 1)] },
    },
    'only a FUNCTIONAL need has a place on the roadmap': { type: 'SERVICE', roadmapPosition: 'Q3' },
  };
  it.each(Object.entries(broken))('%s', (sentence, change) => {
    const holding = (of: Assessment) =>
      CONTRADICTIONS.filter(({ when }) => when(of)).map((one) => one.sentence);
    expect(holding(sound)).toEqual([]);
    expect(holding({ ...sound, ...change })).toEqual([sentence]);
  });
  it('YES is proposed when all three tests are passed, and only then', () => {
    const passed = { inScope: true, matchesIndustryNorm: true, operable: true };
    expect(isYesProposed(passed)).toBe(true);
    for (const test of Object.keys(passed)) expect(isYesProposed({ ...passed, [test]: false })).toBe(false);
  });
});

describe('it is analysed anew', () => {
  const revise = (changes: Partial<c.ReviseAnalysis> = {}) =>
    c.ReviseAnalysis.of({ ...wanted, revisionReason: 'the API is there', ...changes });
  const revised: e.TicketAnalysisRevised = {
    ...stored,
    ...{ version: 2, from: 'PARTIAL', revisionReason: 'the API is there' },
  };

  it('in a version of its own; the one before remains in the log', () => {
    given(registered, analysed)
      .when(revise({ verdict: 'YES' }), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, verdict: 'YES', mustBeTold: false }));
    given(registered, analysed, e.TicketAnalysisRevised.of(revised))
      .when(revise(), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, version: 3 }));
    given(registered).when(revise(), known).thenRefused('ANALYSIS_REQUIRED');
  });
  it('what was told and has not changed need not be told again', () => {
    const toldIt = e.VerdictTold.of({ ...of, verdict: 'PARTIAL', version: 1, toldAt: NOW });
    given(registered, analysed, toldIt)
      .when(revise({ suggestionText: 'develop it in May' }), known)
      .then(
        e.TicketAnalysisRevised.of({ ...revised, suggestionText: 'develop it in May', mustBeTold: false }),
      );
    given(registered, analysed, toldIt)
      .when(revise({ reason: 'no longer supported' }), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, reason: 'no longer supported' }));
  });
  it('whether it is complex stays as it was said, until it is said otherwise', () => {
    const complex = e.TicketAnalysed.of({ ...stored, isComplex: true });
    given(registered)
      .when(analyse({ isComplex: true }), known)
      .then(complex, led);
    given(registered, complex)
      .when(revise(), known)
      .then(e.TicketAnalysisRevised.of({ ...revised, isComplex: true }));
  });
});

describe('an alternative', () => {
  const offeredAt = '2024-03-02T02:00:00.000Z';
  const offer = c.OfferAlternative.of({
    ...{ ticketId: 't-1', alternativeId: 'a-1', alternative: 'a spreadsheet', offeredAt },
  });
  const offered = e.AlternativeOffered.of(
    {
      ...{ ...of, alternativeId: 'a-1', alternative: 'a spreadsheet', verdict: 'PARTIAL', version: 1 },
      offeredAt,
    },
    offeredAt,
  );
  const answer = (changes: Partial<c.RecordAlternativeAnswer> = {}) =>
    c.RecordAlternativeAnswer.of({
      ...{ ticketId: 't-1', alternativeId: 'a-1', answer: 'ACCEPTED', answeredAt: NOW, ...changes },
    });
  const accepted = e.AlternativeAccepted.of({ ...of, alternativeId: 'a-1', version: 1, answeredAt: NOW });
  const rejected = (insists = false) =>
    e.AlternativeRejected.of({ ...of, alternativeId: 'a-1', version: 1, insists, answeredAt: NOW });

  it('is offered after the analysis, under an id of its own', () => {
    given(registered, analysed).when(offer).then(offered);
    given(registered).when(offer).thenRefused('ANALYSIS_REQUIRED');
    given(registered, analysed, offered).when(offer).thenRefused('ALTERNATIVE_EXISTS');
  });
  it('is accepted or rejected, once', () => {
    given(registered, analysed, offered).when(answer()).then(accepted);
    given(registered, analysed, offered)
      .when(answer({ words: 'I can live with the template first' }))
      .then(
        e.AlternativeAccepted.of({
          ...{
            ...of,
            alternativeId: 'a-1',
            version: 1,
            answer: 'I can live with the template first',
            answeredAt: NOW,
          },
        }),
      );
    given(registered, analysed, offered)
      .when(answer({ answer: 'REJECTED' }))
      .then(rejected());
    given(registered, analysed, offered, accepted).when(answer()).thenNothing();
    given(registered, analysed, offered, accepted)
      .when(answer({ answer: 'REJECTED' }))
      .thenRefused('ALTERNATIVE_ANSWERED');
  });
  it('is answered after it was offered and not before it was there', () => {
    given(registered, analysed).when(answer()).thenRefused('ALTERNATIVE_UNKNOWN');
    given(registered, analysed, offered)
      .when(answer({ answeredAt: '2024-03-02T01:59:59.999Z' }))
      .thenRefused('BEFORE_OFFERED');
    given(registered, analysed, offered)
      .when(answer({ answeredAt: '2024-03-02T03:00:00.001Z' }))
      .thenRefused('IN_FUTURE');
    given(registered, analysed, offered)
      .when(answer({ insists: true }))
      .thenRefused('CONTRADICTORY_ANSWER');
  });
  it('that is rejected without a risk plan sets nothing in motion', () => {
    given(registered, analysed, offered)
      .when(answer({ answer: 'REJECTED', insists: true }))
      .then(rejected(true));
  });

  describe('and the verdict before closure', () => {
    const delivered = t.SolutionDelivered.of({ ...of, solution: 'x', deliveredAt: NOW, round: 1 });
    const confirmed = t.CustomerConfirmedSatisfied.of({ ...of, confirmedAt: NOW, round: 1 });
    const close = CloseTicket.of({ ticketId: 't-1' });
    const closed = (closedAt: string, outcome: 'CONFIRMED' | 'UNCONFIRMED') =>
      t.TicketClosed.of({ ...of, outcome, closedAt, round: 1 });
    const tell = c.TellVerdict.of({ ticketId: 't-1', toldAt: NOW, interactionId: 'call-1' });
    const toldIt = e.VerdictTold.of({
      ...{ ...of, verdict: 'PARTIAL', version: 1, toldAt: NOW, interactionId: 'call-1' },
    });

    it('a verdict of NO or PARTIAL that nobody told the customer blocks it', () => {
      given(registered, analysed, delivered, confirmed).when(close).thenRefused('VERDICT_UNTOLD');
      given(registered, analysed, toldIt, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
      given(registered, analysed, offered, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
    });
    it('also where the customer never answered', () => {
      const later = '2024-04-01T09:00:00.000Z';
      const silently = CloseUnconfirmed.of({ ticketId: 't-1' });
      at(later)(registered, analysed, delivered).when(silently).thenRefused('VERDICT_UNTOLD');
      at(later)(registered, analysed, toldIt, delivered).when(silently).then(closed(later, 'UNCONFIRMED'));
      const importer = { id: 'importer', role: 'MIGRATION' };
      at(later, importer)(registered, analysed).when(silently).then(closed(later, 'UNCONFIRMED'));
    });
    it('is told once, and YES need not be told', () => {
      given(registered, analysed).when(tell).then(toldIt);
      given(registered, analysed, toldIt).when(tell).thenNothing();
      given(registered).when(tell).thenRefused('ANALYSIS_REQUIRED');
      const yes = e.TicketAnalysed.of({ ...stored, verdict: 'YES', mustBeTold: false });
      given(registered, yes).when(tell).thenNothing();
      given(registered, yes, delivered, confirmed).when(close).then(closed(NOW, 'CONFIRMED'));
    });
  });
});
