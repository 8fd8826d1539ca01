import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { hour, RAISED, weighedTicket } from '../analysis.story';
import { assessment } from '../assessment/assessment.projection';
import { customerStanding } from '../customer-profile/customer-standing.projection';
import { ticketQueue } from '../ticket-queue/ticket-queue.projection';
import { strategy } from './strategy.projection';
import { nodesAhead, strategyProposal } from './strategy.question';
import { upcomingNodes } from './upcoming-nodes.projection';

const { told } = modelsOf(
  () => new MemoryRowStore(),
  [ticketQueue],
  [upcomingNodes],
  [assessment],
  [customerStanding],
);

const t1 = weighedTicket('t-1');
const node = (nodeId: string, dueAt: string, agreedWithCustomer = true) => ({
  ...{ nodeId, dueAt, content: `about ${nodeId}`, agreedWithCustomer },
});
const n1 = node('n1', hour(97));
const n2 = node('n2', hour(337));
const n3 = node('n3', hour(505), false);
const moved = { ...n3, dueAt: hour(400) };
const first = t1.strategySet(n1);
const second = t1.strategyRevised(2, [n1, n2, n3], { movedNodes: [], droppedNodeIds: [] });
const third = t1.strategyRevised(3, [n1, moved], {
  movedNodes: [{ nodeId: 'n3', from: n3.dueAt, to: moved.dueAt }],
  droppedNodeIds: ['n2'],
});

describe('the strategy of a ticket', () => {
  const { given } = rowsOf(strategy);
  it('says what for, which way, when and by whom', () => {
    given(first)
      .row('t-1|1')
      .is({
        ...{ ticketId: 't-1', customerId: 'c-1', version: 1, current: true, goals: ['CONFIRM_DETAILS'] },
        ...{ modes: ['PHONE', 'EMAIL'], firstResponseDue: hour(24), keyNodes: [n1], nodesAgreed: 1 },
        ...{ ownerId: 'mia', ownerCapacity: 'ACCOUNT_MANAGER', scripts: [], adHoc: true, contactId: null },
        ...{ nextActionAt: hour(97), riskPlanned: true, riskDepartment: 'TECHNICAL', riskTriggeredAt: null },
        ...{ nodesMoved: 0, nodesDropped: 0, settledAt: hour(19), type: 'FUNCTIONAL', urgency: 'IMPORTANT' },
      });
  });
  it('remains in its version when it is revised', () => {
    const rows = given(first, second, third);
    rows.row('t-1|1').is({ current: false, keyNodes: [n1] });
    rows.row('t-1|2').is({ current: false, keyNodes: [n1, n2, n3], nodesAgreed: 2 });
    rows.row('t-1|3').is({ current: true, keyNodes: [n1, moved], nodesMoved: 1, nodesDropped: 1 });
  });
  it('knows when its risk plan was set in motion', () => {
    given(first, t1.riskTriggered)
      .row('t-1|1')
      .is({ riskTriggeredAt: hour(60) });
    const { riskAction: _, riskDepartment: __, ...plain } = first.data as e.CommunicationStrategySet;
    given(e.CommunicationStrategySet.of(plain)).row('t-1|1').is({ riskPlanned: false, riskDepartment: null });
  });
  it('is kept when everything was said already and the ticket was not classified', () => {
    const { type: _, firstResponseDue: __, ...rest } = first.data as e.CommunicationStrategySet;
    const scripts = [{ part: 'OPENING' as const, scriptId: 's-1' }];
    given(e.CommunicationStrategySet.of({ ...rest, contactId: 'lin', scripts }))
      .row('t-1|1')
      .is({ type: null, firstResponseDue: null, contactId: 'lin', scripts });
  });
});

describe('the nodes of a ticket', () => {
  const { given } = rowsOf(upcomingNodes);
  it('are listed one by one', () => {
    given(first)
      .row('t-1|n1')
      .is({
        ...{ ticketId: 't-1', customerId: 'c-1', nodeId: 'n1', dueAt: hour(97), content: 'about n1' },
        ...{ agreed: true, ownerId: 'mia', firstDueAt: hour(97), moves: 0, version: 1 },
      });
  });
  it('passed ones stay, running ones are moved, what is given up goes', () => {
    const rows = given(first, second, third);
    rows.row('t-1|n1').is({ dueAt: hour(97), firstDueAt: hour(97), moves: 0, version: 3 });
    rows.row('t-1|n2').isGone();
    rows.row('t-1|n3').is({ dueAt: hour(400), firstDueAt: hour(505), moves: 1, agreed: false });
  });

  const t2 = weighedTicket('t-2', 'c-2');
  const story = () => told(t1.registered, t2.registered, first, second, t2.strategySet(n1), t2.closed);
  interface Ahead {
    readonly nodes: readonly { readonly ticketId: string; readonly nodeId: string }[];
  }
  const ids = ({ nodes }: Ahead) => nodes.map(({ ticketId, nodeId }) => `${ticketId}|${nodeId}`);

  it('of open tickets are told for the days ahead', async () => {
    const rows = await story();
    const ahead = async (now: string, params: object = {}, asOf?: string) =>
      ids(await rows.ask<Ahead>(nodesAhead, now, params, asOf));
    expect(await ahead(hour(300), {}, hour(199))).toEqual(['t-1|n2']);
    expect(await ahead(hour(90), {}, hour(96))).toEqual(['t-1|n1', 't-2|n1']);
    expect(await ahead(hour(97))).toEqual(['t-1|n1']);
    expect(await ahead(hour(98))).toEqual([]);
    expect(await ahead(hour(98), { days: 30 })).toEqual(['t-1|n2', 't-1|n3']);
    expect(await ahead(hour(98), { days: 30, limit: 1 })).toEqual(['t-1|n2']);
    expect(await ahead(hour(98), { days: 30, ownerId: 'max' })).toEqual([]);
    expect(await ahead(hour(90), { ownerId: 'mia', ticketId: 't-2' })).toEqual([]);
  });
  it('of tickets that are over take no place in a short list', async () => {
    const sooner = t2.strategySet(node('n1', hour(96)));
    const rows = await told(t1.registered, t2.registered, first, sooner, t2.closed);
    expect(ids(await rows.ask<Ahead>(nodesAhead, hour(90), { limit: 1 }))).toEqual(['t-1|n1']);
  });

  describe('and the strategy that is proposed', () => {
    it('follows from type, urgency, complexity and grade', async () => {
      const rows = await story();
      expect(await rows.ask(strategyProposal, hour(19), { type: 'COMPLAINT', grade: 'PROSPECT' })).toEqual({
        ...{ asOf: hour(19) },
        for: { type: 'COMPLAINT', urgency: 'ROUTINE', isComplex: false, grade: 'PROSPECT' },
        ...{ goals: ['SOOTHE', 'APOLOGISE_AND_EXPLAIN', 'PROMISE_FOLLOW_UP'], modes: ['EMAIL', 'PHONE'] },
        because: [
          { code: 'TEXT_AND_CALL', sentence: 'routine is written, and its key facts are checked by phone' },
        ],
        ...{ ownerCapacities: [], riskPlan: true, prospectPoints: true },
      });
      const complex = { type: 'COOPERATION', urgency: 'URGENT', isComplex: true, grade: 'VIP' };
      expect(await rows.ask(strategyProposal, hour(19), complex)).toMatchObject({
        ...{ goals: ['DEEPEN_NEED', 'MATCH_RESOURCES', 'AGREE_NEXT_STEP'] },
        ...{ modes: ['PHONE', 'EMAIL', 'ONLINE_MEETING'], riskPlan: true },
        ownerCapacities: ['ACCOUNT_MANAGER', 'HEAD_DELEGATE'],
      });
      expect(await rows.ask(strategyProposal, hour(19))).toMatchObject({ goals: [], riskPlan: false });
    });
    it('takes what is known of a ticket, and what is said comes first', async () => {
      const vip = e.CustomerRegistered.of({
        ...{ customerId: 'c-1', name: 'A', industry: 'x', source: 'OTHER', grade: 'VIP', keyAccount: false },
        ...{ strategicPartner: false, zone: 'Asia/Shanghai', registeredAt: RAISED },
      });
      const weighed = e.TicketAnalysed.of({ ...(t1.analysed.data as e.TicketAnalysed), isComplex: true });
      const rows = await told(vip, t1.registered, weighed, t1.prioritised('Q2'));
      expect(await rows.ask(strategyProposal, hour(19), { ticketId: 't-1' })).toMatchObject({
        for: {
          ...{ ticketId: 't-1', type: 'FUNCTIONAL', urgency: 'IMPORTANT', isComplex: true, grade: 'VIP' },
          priority: 2,
        },
        modes: ['PHONE', 'EMAIL', 'ONLINE_MEETING'],
      });
      const said = { ticketId: 't-1', isComplex: false, grade: 'REGULAR' };
      expect(await rows.ask(strategyProposal, hour(19), said)).toMatchObject({
        ...{ for: { isComplex: false, grade: 'REGULAR' }, modes: ['PHONE', 'EMAIL'] },
      });
      expect(await rows.ask(strategyProposal, hour(19), { ticketId: 't-9' })).toMatchObject({
        for: { urgency: 'ROUTINE', isComplex: false, grade: 'REGULAR' },
      });
    });
  });
});
