import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { hour, weighedTicket } from '../analysis.story';
import { assessment } from './assessment.projection';
import { resourceDemand, resourceDemandFigures } from './resource-demand.projection';
import { resourceDemandReport } from './resource-demand.question';

const t1 = weighedTicket('t-1');
const t2 = weighedTicket('t-2', 'c-2');

const { told } = modelsOf(() => new MemoryRowStore(), [resourceDemand, resourceDemandFigures]);

describe('the assessment of a ticket', () => {
  const { given } = rowsOf(assessment);
  it('says whether it can be done, by whom, and what is suggested', () => {
    given(t1.analysed)
      .row('t-1|1')
      .is({
        ...{ ticketId: 't-1', customerId: 'c-1', version: 1, current: true, verdict: 'PARTIAL' },
        ...{ inScope: true, matchesIndustryNorm: true, operable: false, suggestion: 'NEEDS_COORDINATION' },
        ...{ alternativeRequired: true, noAlternative: false, responsibleDepartment: 'RND' },
        ...{ analystId: 'uma', analysedOn: '2024-03-02', analysedAt: hour(18), type: 'FUNCTIONAL' },
        ...{ urgency: 'IMPORTANT', isComplex: false, mustBeTold: true, toldAt: null, roadmapPosition: null },
      });
  });
  it('remains in its version when it is revised', () => {
    const rows = given(t1.analysed, t1.revised);
    rows.row('t-1|1').is({ current: false, verdict: 'PARTIAL', responsibleDepartment: 'RND' });
    rows
      .row('t-1|2')
      .is({ current: true, verdict: 'YES', version: 2, roadmapPosition: 'Q3', mustBeTold: false });
  });
  it('knows when the customer heard of it: with an alternative, or without one', () => {
    given(t1.analysed, t1.told)
      .row('t-1|1')
      .is({ mustBeTold: false, toldAt: hour(20), alternativesOffered: 0 });
    given(t1.analysed, t1.offered)
      .row('t-1|1')
      .is({ mustBeTold: false, toldAt: hour(21), alternativesOffered: 1 });
    given(t1.analysed, t1.told, t1.offered)
      .row('t-1|1')
      .is({ toldAt: hour(20), alternativesOffered: 1 });
  });
  it('knows what the customer said to the alternative', () => {
    given(t1.analysed, t1.offered).row('t-1|1').is({ lastAnswer: null, insists: false });
    given(t1.analysed, t1.offered, t1.accepted).row('t-1|1').is({ lastAnswer: 'ACCEPTED', insists: false });
    given(t1.analysed, t1.offered, t1.rejected).row('t-1|1').is({ lastAnswer: 'REJECTED', insists: true });
  });
  it('is kept for what was not classified before, too', () => {
    const { type: _, ...data } = t1.analysed.data as e.TicketAnalysed;
    given(e.TicketAnalysed.of(data, hour(18)))
      .row('t-1|1')
      .is({ type: null });
  });
});

describe('what tickets need', () => {
  const { given } = rowsOf(resourceDemand);
  it('as in WE-01: two of TECHNICAL, one of PRODUCT', () => {
    given(t1.analysed)
      .row('t-1')
      .is({
        ...{ customerId: 'c-1', open: true, responsibleDepartment: 'RND', peopleTotal: 3, version: 1 },
        people: [
          { department: 'TECHNICAL', people: 2 },
          { department: 'PRODUCT', people: 1 },
        ],
        ...{
          technology: 'an export service',
          budgetMinor: 500_00,
          budgetCurrency: 'CNY',
          weighedAt: hour(18),
        },
      });
  });
  it('is what the last version says', () => {
    given(t1.analysed, t1.revised)
      .row('t-1')
      .is({ peopleTotal: 0, technology: null, budgetMinor: 0, version: 2, responsibleDepartment: 'DESIGN' });
  });
  it('is open until the ticket is over, and again when it is taken up', () => {
    given(t1.analysed, t1.closed).row('t-1').is({ open: false });
    given(t1.analysed, t1.withdrawn).row('t-1').is({ open: false });
    given(t1.analysed, t1.closed, t1.reopened).row('t-1').is({ open: true });
  });
  it('is not asked of tickets that nobody has analysed', () => {
    given(t1.closed, t1.reopened, t1.withdrawn).row('t-1').isGone();
  });

  const answer = async (...params: [object?, string?]) => {
    const rows = await told(t1.analysed, t2.analysed, t2.closed);
    return rows.ask(resourceDemandReport, hour(300), ...params);
  };
  it('is added up over the open tickets, by department and currency', async () => {
    const one = {
      tickets: 1,
      people: [
        { department: 'PRODUCT', people: 1 },
        { department: 'TECHNICAL', people: 2 },
      ],
      budgets: [{ currency: 'CNY', minor: 500_00 }],
    };
    expect(await answer()).toEqual({ asOf: hour(300), ...one });
    expect(await answer({ responsibleDepartment: 'RND' })).toMatchObject(one);
    expect(await answer({ responsibleDepartment: 'DESIGN' })).toMatchObject({ tickets: 0, people: [] });
    expect(await answer({}, hour(199))).toMatchObject({
      tickets: 2,
      people: [{ people: 2 }, { department: 'TECHNICAL', people: 4 }],
      budgets: [{ minor: 1000_00 }],
    });
  });
});
