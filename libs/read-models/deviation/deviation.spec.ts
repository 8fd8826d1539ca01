import * as e from '@rapport/domain/events';
import { AcceptancePhase, DeviatingItem, MatrixEntry, Milestone, ForceMember } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { rowsOf } from '@rapport/kernel/spec';
import { acceptanceProgress } from './acceptance-progress.projection';
import { planComparison } from './plan-comparison.projection';
import { requirementMatrix } from './requirement-matrix.projection';

const day = (date: string) => `2024-${date}T10:00:00.000Z`;
const raisedAt = day('03-11');
const of = {
  ticketId: 't-1',
  customerId: 'c-02',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
const bar = (milestoneId: string, startsAt: string, endsAt: string) =>
  hydrate(Milestone, {
    milestoneId,
    task: `build ${milestoneId}`,
    startsAt: day(startsAt),
    endsAt: day(endsAt),
  });
const item = (itemId: string) => hydrate(DeviatingItem, { itemId, description: `the ${itemId}` });
const agreed = [bar('api', '03-15', '04-01'), bar('docs', '03-15', '03-20'), bar('fax', '03-15', '03-16')];
const declared = e.RequirementDeviationDeclared.of({
  ...{ ...of, deviation: 1, items: [item('api'), item('theme')], leaderId: 'pm1', agreed },
  taskForce: [hydrate(ForceMember, { staffId: 'x', department: 'TECHNICAL' })],
  ...{ declaredAt: day('03-12'), planDueAt: day('03-14') },
});
const entry = (itemId: string, itemClass: 'CORE' | 'ADDITIONAL') =>
  hydrate(MatrixEntry, { itemId, itemClass, urgent: itemClass === 'CORE', important: true });
const sorted = e.RequirementMatrixRecorded.of({
  ...{ ...of, deviation: 1, entries: [entry('api', 'CORE'), entry('theme', 'ADDITIONAL')] },
  ...{ coreItems: 1, additionalItems: 1, recordedAt: day('03-13') },
});
const assessed = e.FeasibilityAssessed.of({
  ...{ ...of, deviation: 1, itemId: 'api', compatibility: 'COMPATIBLE', personDays: 6 },
  cost: { minor: 3_000_000, currency: 'CNY' },
  ...{ assessedById: 'tom', assessedAt: day('03-13') },
});

describe('the requirement matrix', () => {
  const { given } = rowsOf(requirementMatrix);

  it('holds every item of a deviation, sorted and assessed as far as it is', () => {
    given(declared)
      .row('t-1|1|api')
      .is({
        ...{ ticketId: 't-1', customerId: 'c-02', deviation: 1, itemId: 'api', description: 'the api' },
        ...{ declaredAt: day('03-12'), itemClass: null, urgent: null, compatibility: null, personDays: null },
      });
    const rows = given(declared, sorted, assessed);
    rows.row('t-1|1|api').is({
      ...{ itemClass: 'CORE', urgent: true, important: true, sortedAt: day('03-13') },
      ...{ compatibility: 'COMPATIBLE', personDays: 6, costMinor: 3_000_000, currency: 'CNY' },
      ...{ assessedById: 'tom', assessedAt: day('03-13') },
    });
    rows.row('t-1|1|theme').is({ itemClass: 'ADDITIONAL', urgent: false, compatibility: null });
  });
});

describe('the comparison of plans', () => {
  const { given } = rowsOf(planComparison);
  const milestones = [
    bar('api', '03-18', '04-15'),
    bar('docs', '03-15', '03-20'),
    bar('theme', '04-15', '05-06'),
  ];
  const issued = e.RevisedPlanIssued.of({
    ...{ ...of, deviation: 1, plan: 1, milestones, agreed, phases: [], issuedById: 'pm1' },
    ...{ issuedAt: day('03-13'), planDueAt: day('03-14') },
  });
  const milestoneIds = ['api', 'docs', 'theme'];

  it('shows old and new bars side by side, and how far each has moved', () => {
    const rows = given(issued);
    rows.row('t-1|1|1|api').is({
      ...{ milestoneId: 'api', task: 'build api', change: 'MOVED', shiftDays: 14, state: 'ISSUED' },
      ...{ oldStartsAt: day('03-15'), oldEndsAt: day('04-01') },
      ...{ newStartsAt: day('03-18'), newEndsAt: day('04-15') },
    });
    rows.row('t-1|1|1|docs').is({ change: 'KEPT', shiftDays: 0 });
    rows
      .row('t-1|1|1|theme')
      .is({ change: 'ADDED', shiftDays: null, oldEndsAt: null, newEndsAt: day('05-06') });
    rows
      .row('t-1|1|1|fax')
      .is({ change: 'DROPPED', shiftDays: null, oldEndsAt: day('03-16'), newEndsAt: null });
  });
  it('knows what the customer said to the plan', () => {
    const answer = { ...of, deviation: 1, plan: 1, milestoneIds, answeredAt: day('03-14') };
    const accepted = e.RevisedPlanAccepted.of({
      ...{ ...answer, dates: [], replacedCommitmentIds: [], makerId: 'pm1', channel: 'EMAIL' },
    });
    given(issued, accepted)
      .row('t-1|1|1|api')
      .is({ state: 'ACCEPTED', answeredAt: day('03-14') });
    const rejected = e.RevisedPlanRejected.of({ ...answer, reason: 'too late' });
    given(issued, rejected)
      .row('t-1|1|1|theme')
      .is({ state: 'REJECTED', answeredAt: day('03-14') });
  });
});

describe('the progress of acceptance', () => {
  const { given } = rowsOf(acceptanceProgress);
  const phase = (name: string, itemClass: 'CORE' | 'ADDITIONAL', due: string) =>
    hydrate(AcceptancePhase, { name, itemClass, dueAt: day(due), criteria: ['it works'] });
  const defined = e.AcceptancePhasesDefined.of({
    ...{ ...of, phaseSet: 1, definedAt: day('03-14') },
    phases: [phase('core', 'CORE', '04-15'), phase('extension', 'ADDITIONAL', '05-06')],
  });
  const which = (n: number) => ({
    ...of,
    phaseSet: 1,
    phase: n,
    phases: 2,
    name: n === 1 ? 'core' : 'extension',
  });
  const accepted = (n: number, date: string) =>
    e.PhaseAccepted.of({ ...which(n), evidenceId: 'paper', acceptedAt: day(date), last: n === 2 });
  const rejected = (rejections: number) =>
    e.PhaseRejected.of({ ...which(1), reason: 'it is slow', rejectedAt: day('04-10'), rejections });

  it('tells how many of how many, and which is next', () => {
    given(defined)
      .row('t-1')
      .is({
        ...{ customerId: 'c-02', phaseSet: 1, phases: 2, accepted: 0, done: false },
        ...{ nextPhase: 'core', nextDue: day('04-15'), lastAcceptedAt: null },
      });
    given(defined, accepted(1, '04-12'))
      .row('t-1')
      .is({ accepted: 1, done: false, nextPhase: 'extension', nextDue: day('05-06') });
    given(defined, accepted(1, '04-12'), accepted(2, '05-05'))
      .row('t-1')
      .is({ accepted: 2, done: true, nextPhase: null, nextDue: null, lastAcceptedAt: day('05-05') });
  });
  it('counts rejections, of the phase in turn and of all', () => {
    given(defined, rejected(1), rejected(2)).row('t-1').is({ rejections: 2, rejectionsAll: 2 });
    given(defined, rejected(1), accepted(1, '04-12')).row('t-1').is({ rejections: 0, rejectionsAll: 1 });
  });
  it('begins anew with other phases', () => {
    const anew = e.AcceptancePhasesDefined.of({
      ...{ ...of, phaseSet: 2, phases: [phase('all', 'CORE', '06-01')], definedAt: day('04-20') },
    });
    given(defined, rejected(1), accepted(1, '04-12'), anew)
      .row('t-1')
      .is({ phaseSet: 2, phases: 1, accepted: 0, rejectionsAll: 0, nextPhase: 'all', lastAcceptedAt: null });
  });
});
