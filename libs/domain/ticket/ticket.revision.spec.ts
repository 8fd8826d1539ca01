import { scenario } from '@rapport/kernel/spec';
import { ticket } from './ticket.decider';
import * as t from './ticket.events';
import * as c from './ticket.strategy.commands';
import * as e from './ticket.strategy.events';
import { type KeyNode } from './ticket.strategy.values';
import {
  NOW,
  vip,
  of,
  registered,
  analysed,
  owned,
  wish,
  point,
  wanted,
  n1,
  stored,
  strategySet,
} from './ticket.spoken.story';

const at = (now: string) => scenario(ticket, { now, actor: { id: 'mia', role: 'ACCOUNT_MANAGER' } }).given;

describe('a strategy is revised', () => {
  const revise = (changes: Partial<c.ReviseCommunicationStrategy>) =>
    c.ReviseCommunicationStrategy.of({ ticketId: 't-1', reason: 'the template is delivered', ...changes });
  const revised = (changes: Partial<e.CommunicationStrategyRevised>) =>
    e.CommunicationStrategyRevised.of({
      ...{ ...stored, version: 2, reason: 'the template is delivered', movedNodes: [], droppedNodeIds: [] },
      ...changes,
    });
  const story = [registered, analysed, owned, strategySet];
  const FRIDAY = '2024-03-08T03:00:00.000Z';
  const friday = at(FRIDAY);
  const node = (nodeId: string, dueAt: string, content = 'progress'): KeyNode => ({
    ...{ nodeId, dueAt, content, agreedWithCustomer: true },
  });
  const progress = (dueOn: string, nodeId?: string) =>
    wish({ dueOn, content: 'progress', agreedWithCustomer: true, ...(nodeId !== undefined && { nodeId }) });
  const n2 = node('n2', '2024-03-15T10:00:00.000Z');
  const n3 = node('n3', '2024-03-22T10:00:00.000Z');

  it('as in WE-01: new nodes on 15 and 22 March at 18:00; the one that has passed stays', () => {
    friday(...story)
      .when(revise({ keyNodes: [progress('2024-03-15'), progress('2024-03-22')] }), vip)
      .then(revised({ keyNodes: [n1, n2, n3] }));
  });
  it('running nodes are moved or dropped, and a new one never gets the number of an old one', () => {
    const before = revised({ keyNodes: [n1, n2, n3] });
    friday(...story, before)
      .when(revise({ keyNodes: [progress('2024-03-18', 'n3'), progress('2024-03-29')] }), vip)
      .then(
        revised({
          ...{ version: 3, droppedNodeIds: ['n2'] },
          keyNodes: [
            n1,
            { ...n3, dueAt: '2024-03-18T10:00:00.000Z' },
            node('n4', '2024-03-29T10:00:00.000Z'),
          ],
          movedNodes: [{ nodeId: 'n3', from: n3.dueAt, to: '2024-03-18T10:00:00.000Z' }],
        }),
      );
    const emptied = revised({ version: 3, keyNodes: [n1], droppedNodeIds: ['n2', 'n3'] });
    friday(...story, before)
      .when(revise({ keyNodes: [] }), vip)
      .then(emptied);
    friday(...story, before, emptied)
      .when(revise({ keyNodes: [progress('2024-03-29')] }), vip)
      .then(revised({ version: 4, keyNodes: [n1, node('n4', '2024-03-29T10:00:00.000Z')] }));
  });
  it('a passed node cannot be moved, and none is named twice', () => {
    friday(...story)
      .when(revise({ keyNodes: [progress('2024-03-15', 'n1')] }), vip)
      .thenRefused('NODE_PASSED');
    friday(...story, revised({ keyNodes: [n1, n2] }))
      .when(revise({ keyNodes: [progress('2024-03-15', 'n2'), progress('2024-03-16', 'n2')] }), vip)
      .thenRefused('NODE_REPEATED');
  });
  it('what is not named stays, what is named is held to the same rules', () => {
    friday(...story)
      .when(revise({ goalText: 'more', ownerId: 'max' }), vip)
      .then(
        t.TicketOwnerAssigned.of({
          ...{ ...of, from: 'mia', to: 'max', reassignment: true, reason: 'the template is delivered' },
        }),
        revised({ goalText: 'more', ownerId: 'max' }),
      );
    friday(...story)
      .when(revise({ modes: ['PHONE'] }), vip)
      .thenRefused('MODE_MISSING');
    friday(...story)
      .when(revise({ nextActionAt: NOW }), vip)
      .thenRefused('CLOSING_IN_PAST');
    friday(registered, analysed).when(revise({}), vip).thenRefused('STRATEGY_UNKNOWN');
  });
  it('script points are named all of them anew', () => {
    const objection = [
      ...wanted.scriptPoints.slice(1),
      point('OPENING', 'hello'),
      point('OBJECTION', 'yes, but'),
    ];
    friday(...story)
      .when(revise({ scriptPoints: objection }), vip)
      .then(revised({ openingWords: 'hello', objectionWords: 'yes, but' }));
    friday(...story, revised({ objectionWords: 'yes, but' }))
      .when(revise({ scriptPoints: wanted.scriptPoints }), vip)
      .then(revised({ version: 3 }));
  });
});
