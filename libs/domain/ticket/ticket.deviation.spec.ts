import { hydrate, type Actor } from '@rapport/kernel';
import * as base from './ticket.commands';
import * as c from './ticket.deviation.commands';
import * as e from './ticket.deviation.events';
import {
  answer,
  assess,
  CORE_PHASE,
  CUSTOMER,
  declare,
  EXTENSION_PHASE,
  id,
  issue,
  items,
  matrix,
  member,
  milestone,
  plan,
  register,
  shanghai,
  sort,
} from './ticket.deviation.story';
import { AcceptancePhase, MatrixEntry } from './ticket.deviation.values';
import * as ticketEvents from './ticket.events';
import { TicketStory } from './ticket.story';

const DECLARED = shanghai('03-12', '10:00');
const NOW = shanghai('03-13', '18:00');
const PM1: Actor = { id: 'pm1', role: 'ACCOUNT_MANAGER' };

/** A ticket on which these have been wanted, one after the other. */
const after = (...commands: object[]) => afterFor(CUSTOMER, ...commands);
const afterFor = (known: object, ...commands: object[]) => {
  const story = new TicketStory(known);
  story.when(shanghai('03-11', '11:00'), register);
  for (const command of commands) story.when(DECLARED, command, PM1);
  return story;
};
const declared = () => after(plan, declare(3, 'TECHNICAL', 'PRODUCT'));
const sorted = () => after(plan, declare(3, 'TECHNICAL', 'PRODUCT'), sort(3, 1));
const planned = () => after(plan, declare(3, 'TECHNICAL', 'PRODUCT'), sort(3, 1), assess('item-1'), issue());
const entries = (...some: Partial<MatrixEntry>[]) =>
  c.RecordRequirementMatrix.of({
    ...id,
    entries: some.map((one) => hydrate(MatrixEntry, { urgent: true, important: true, ...one })),
  });

describe('a deviation is declared', () => {
  it('item by item, for a task force of several departments, with 48 hours for the plan', () => {
    const [event] = after(plan).when(DECLARED, declare(2, 'TECHNICAL', 'SALES'), PM1);
    expect(event?.data).toMatchObject({
      ...{ deviation: 1, items: items(2), taskForce: [member('TECHNICAL'), member('SALES')] },
      ...{ leaderId: 'pm1', declaredAt: DECLARED, planDueAt: shanghai('03-14', '10:00') },
    });
    expect(after(plan).names(DECLARED, declare(2, 'TECHNICAL', 'TECHNICAL'))).toBe('DEPARTMENTS_TOO_FEW');
    expect(after(plan).names(DECLARED, declare(0, 'TECHNICAL', 'SALES'))).toBe('ITEM_REQUIRED');
    const twice = { ...declare(1, 'TECHNICAL', 'SALES'), items: [...items(1), ...items(1)] };
    expect(after(plan).names(DECLARED, c.DeclareRequirementDeviation.of(twice))).toBe('ITEM_REPEATED');
  });
  it('from a plan that was presented', () => {
    expect(after().names(DECLARED, declare(2, 'TECHNICAL', 'SALES'))).toBe('PLAN_REQUIRED');
  });
  it('one at a time; the same again is nothing new', () => {
    expect(declared().names(NOW, declare(3, 'TECHNICAL', 'SALES'))).toEqual([]);
    expect(declared().names(NOW, declare(4, 'TECHNICAL', 'SALES'))).toBe('DEVIATION_OPEN');
    const settled = planned();
    settled.when(NOW, answer(true));
    const { agreed: _, ...bare } = declare(4, 'TECHNICAL', 'SALES');
    const [second] = settled.when(NOW, c.DeclareRequirementDeviation.of(bare));
    expect(second?.data).toMatchObject({ deviation: 2, agreed: issue().milestones });
    expect(settled.names(NOW, issue())).toBe('MATRIX_REQUIRED');
  });
});

describe('the matrix', () => {
  it('holds every item once, in one class, and at least one is core', () => {
    const [event] = declared().when(NOW, sort(3, 1));
    expect(event?.data).toMatchObject({ entries: matrix(3, 1), coreItems: 1, additionalItems: 2 });
    expect(declared().names(NOW, sort(2, 1))).toBe('ITEM_MISSING');
    expect(declared().names(NOW, sort(4, 1))).toBe('ITEM_UNKNOWN');
    expect(declared().names(NOW, sort(3, 0))).toBe('CORE_ITEM_REQUIRED');
    const both = entries(
      { itemId: 'item-1', itemClass: 'CORE' },
      { itemId: 'item-1', itemClass: 'ADDITIONAL' },
    );
    expect(declared().names(NOW, both)).toBe('ITEM_IN_BOTH_CLASSES');
    const twice = entries({ itemId: 'item-1', itemClass: 'CORE' }, { itemId: 'item-1', itemClass: 'CORE' });
    expect(declared().names(NOW, twice)).toBe('ITEM_REPEATED');
    expect(after(plan).names(NOW, sort(3, 1))).toBe('DEVIATION_UNKNOWN');
  });
  it('may be sorted anew; in another order it is the same', () => {
    expect(sorted().names(NOW, sort(3, 2))).toEqual(['RequirementMatrixRecorded']);
    const turned = c.RecordRequirementMatrix.of({ ...id, entries: [...matrix(3, 1)].reverse() });
    expect(sorted().names(NOW, turned)).toEqual([]);
  });
});

describe('a revised plan is issued', () => {
  it('when the items are sorted and every core item has been assessed', () => {
    expect(declared().names(NOW, issue())).toBe('MATRIX_REQUIRED');
    expect(sorted().names(NOW, issue())).toBe('FEASIBILITY_REQUIRED');
    expect(sorted().names(NOW, assess('item-9'))).toBe('ITEM_UNKNOWN');
    const story = sorted();
    const [assessed] = story.when(NOW, assess('item-1'), PM1);
    expect(assessed?.data).toMatchObject({ compatibility: 'COMPATIBLE', personDays: 6, assessedById: 'pm1' });
    const [issued] = story.when(NOW, issue(), PM1);
    expect(issued?.data).toMatchObject({
      ...{ plan: 1, milestones: issue().milestones, agreed: declare(1).agreed, issuedById: 'pm1' },
      ...{ issuedAt: NOW, planDueAt: shanghai('03-14', '10:00') },
    });
  });
  it('also when the feasibility was assessed beside the sorting', () => {
    const story = declared();
    story.when(NOW, assess('item-1'));
    story.when(NOW, sort(3, 1));
    expect(story.names(NOW, issue())).toEqual(['RevisedPlanIssued']);
  });
  it('with bars that can be drawn, and none before today', () => {
    const drawn = (...milestones: c.IssueRevisedPlan['milestones'][number][]) =>
      planned().names(NOW, issue({ milestones }));
    const today = milestone('api', shanghai('03-13', '00:00'), shanghai('04-01', '18:00'));
    expect(drawn(today)).toEqual(['RevisedPlanIssued']);
    expect(drawn(milestone('api', shanghai('03-12', '23:59'), today.endsAt))).toBe('DATE_IN_PAST');
    expect(drawn(milestone('api', today.endsAt, today.startsAt))).toBe('MILESTONE_REVERSED');
    expect(drawn(today, today)).toBe('MILESTONE_REPEATED');
    expect(drawn()).toBe('MILESTONE_REQUIRED');
  });
  it('today is the day on which it is entered, whenever it is said to have been issued', () => {
    const milestones = [milestone('api', shanghai('03-12', '09:00'), shanghai('04-01', '18:00'))];
    const issuedAt = shanghai('03-12', '17:00');
    expect(planned().names(NOW, issue({ milestones, issuedAt }))).toBe('DATE_IN_PAST');
    const ahead = issue({ milestones: [{ ...milestones[0]!, startsAt: NOW }], issuedAt });
    expect(planned().when(NOW, ahead)[0]?.data).toMatchObject({ issuedAt, notedAt: NOW });
  });
  it('today is the day that the customer has', () => {
    const inLondon = { customer: { ...CUSTOMER.customer, profile: { ZONE: 'Europe/London' } } };
    const wanted = [plan, declare(3, 'TECHNICAL', 'PRODUCT'), sort(3, 1), assess('item-1')];
    const drawn = (known: object) =>
      afterFor(known, ...wanted).names(
        shanghai('03-14', '06:00'),
        issue({ milestones: [milestone('api', shanghai('03-13', '09:00'), shanghai('04-01', '18:00'))] }),
      );
    expect(drawn(CUSTOMER)).toBe('DATE_IN_PAST');
    expect(drawn(inLondon)).toEqual(['RevisedPlanIssued']);
  });
  it('with phases that have criteria and come core first, each in its time', () => {
    const phased = (...phases: AcceptancePhase[]) => planned().names(NOW, issue({ phases }));
    const of = (phase: AcceptancePhase, more: Partial<AcceptancePhase>) =>
      hydrate(AcceptancePhase, { ...phase, ...more });
    expect(phased(of(CORE_PHASE, { criteria: [' '] }))).toBe('PHASE_WITHOUT_CRITERIA');
    expect(phased(of(CORE_PHASE, { dueAt: NOW }))).toBe('DUE_IN_PAST');
    expect(phased(CORE_PHASE, of(EXTENSION_PHASE, { dueAt: shanghai('04-01', '18:00') }))).toBe(
      'PHASES_REVERSED',
    );
    expect(phased(EXTENSION_PHASE, of(CORE_PHASE, { dueAt: EXTENSION_PHASE.dueAt }))).toBe('CORE_FIRST');
    expect(phased(of(CORE_PHASE, { itemIds: ['item-9'] }))).toBe('ITEM_UNKNOWN');
    const shared = { itemIds: ['item-1'] };
    expect(phased(of(CORE_PHASE, shared), of(EXTENSION_PHASE, shared))).toBe('ITEM_REPEATED');
  });
});

describe('the customer answers', () => {
  it('yes: its phases are defined, and each date is a promise of whoever issued the plan', () => {
    const [accepted, phases] = planned().when(NOW, answer(true, { contactId: 'lin' }));
    expect(accepted?.data).toMatchObject({
      ...{ plan: 1, makerId: 'pm1', writtenId: 'mail-7', contactId: 'lin', replacedCommitmentIds: [] },
      dates: [
        { what: 'core', dueAt: CORE_PHASE.dueAt, phase: 1, final: false },
        { what: 'extension', dueAt: EXTENSION_PHASE.dueAt, phase: 2, final: true },
      ],
    });
    expect(phases?.data).toMatchObject({ phaseSet: 1, phases: [CORE_PHASE, EXTENSION_PHASE] });
  });
  it('yes, to a plan without phases: the ends of its milestones are promised', () => {
    const story = planned();
    story.when(NOW, issue({ phases: [] }));
    const [accepted, ...rest] = story.when(NOW, answer(true, { plan: 2 }));
    expect(accepted?.data).toMatchObject({ dates: [{ dueAt: shanghai('04-15', '18:00') }] });
    expect(rest).toEqual([]);
  });
  it('yes, to a later deviation: promises that the customer has not seen kept give way', () => {
    const story = planned();
    story.when(NOW, answer(true));
    const [{ dates }] = story.all(e.RevisedPlanAccepted) as [e.RevisedPlanAccepted];
    story.when(NOW, c.AcceptPhase.of({ ...id, phase: 1, evidenceId: 'paper' }));
    for (const command of [declare(1, 'TECHNICAL', 'SALES'), sort(1, 1), assess('item-1'), issue()])
      story.when(NOW, command, PM1);
    const [again] = story.when(NOW, answer(true));
    expect(again?.data).toMatchObject({ deviation: 2, replacedCommitmentIds: [dates[1]?.commitmentId] });
    const later = story.all(e.RevisedPlanAccepted)[1]?.dates ?? [];
    expect(new Set([...dates, ...later].map(({ commitmentId }) => commitmentId)).size).toBe(4);
  });
  it('no, with a reason: a second communication begins, which wants the cause', () => {
    expect(planned().names(NOW, answer(false))).toBe('REASON_REQUIRED');
    const story = planned();
    expect(story.names(NOW, answer(false, { reason: 'too late' }))).toEqual([
      'RevisedPlanRejected',
      'SecondCommunicationStarted',
    ]);
    expect(story.all(ticketEvents.SecondCommunicationStarted)[0]).toMatchObject({ round: 2 });
    expect(story.names(NOW, issue())).toBe('CAUSE_REQUIRED');
    const [second] = story.when(NOW, issue({ cause: 'the API was planned last' }));
    expect(second?.data).toMatchObject({ plan: 2, cause: 'the API was planned last' });
    const solve = base.DeliverSolution.of({ ...id, solution: 'x', deliveredAt: NOW });
    expect(story.names(NOW, solve)).toEqual(['SolutionDelivered']);
  });
  it('once, to the plan that was issued last', () => {
    const story = planned();
    expect(story.names(NOW, answer(true, { plan: 2 }))).toBe('PLAN_UNKNOWN');
    story.when(NOW, answer(true));
    expect(story.names(NOW, answer(true))).toEqual([]);
    expect(story.names(NOW, answer(false, { reason: 'no' }))).toBe('PLAN_ANSWERED');
    expect(story.names(NOW, issue())).toBe('DEVIATION_SETTLED');
    expect(sorted().names(NOW, answer(true))).toBe('PLAN_UNKNOWN');
  });
});
