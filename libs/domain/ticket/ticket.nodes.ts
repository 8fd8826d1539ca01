import { refuse, reject } from '@rapport/kernel';
import { closeOfDay } from './ticket.days';
import type { KeyNode, MovedNode, WantedNode } from './ticket.strategy.values';

/** Nodes as they stand, and how many there ever were. */
export interface Nodes {
  readonly keyNodes: readonly KeyNode[];
  readonly nodesMade: number;
}
export interface SettledNodes {
  readonly keyNodes: readonly KeyNode[];
  readonly movedNodes: readonly MovedNode[];
  readonly droppedNodeIds: readonly string[];
}
export const NO_NODES: Nodes = { keyNodes: [], nodesMade: 0 };

/** A node whose time has come is passed: it stays as it was, whatever is wanted now (SYS-15.7). */
export const isPassed = ({ dueAt }: KeyNode, now: string): boolean => dueAt <= now;

/** The nodes after a change: passed ones as they were, then those that are wanted. Refused: past, out of order, unknown. */
export const settledNodes = (
  wanted: readonly WantedNode[],
  { keyNodes: before, nodesMade }: Nodes,
  now: string,
  zone: string,
): SettledNodes => {
  const passed = before.filter((node) => isPassed(node, now));
  const running = before.filter((node) => !isPassed(node, now));
  let made = nodesMade;
  const settled = wanted.map((node): KeyNode => {
    const { content, agreedWithCustomer } = node;
    const nodeId = node.nodeId === undefined ? `n${++made}` : known(node.nodeId, running, passed);
    return { nodeId, dueAt: timeOf(node, zone), content, agreedWithCustomer };
  });
  assertInOrder(settled, now);
  const times = new Map(running.map(({ nodeId, dueAt }) => [nodeId, dueAt]));
  const kept = new Set(settled.map(({ nodeId }) => nodeId));
  return {
    keyNodes: [...passed, ...settled],
    movedNodes: settled.flatMap(({ nodeId, dueAt: to }) => {
      const from = times.get(nodeId);
      return from === undefined || from === to ? [] : [{ nodeId, from, to }];
    }),
    droppedNodeIds: running.flatMap(({ nodeId }) => (kept.has(nodeId) ? [] : [nodeId])),
  };
};

const timeOf = ({ dueAt, dueOn }: WantedNode, zone: string): string => {
  if ((dueAt === undefined) === (dueOn === undefined))
    return reject('NODE_WITHOUT_TIME', 'keyNodes', 'a key node is due at a moment or on a day');
  return dueAt ?? closeOfDay(dueOn ?? '', zone);
};
const known = (nodeId: string, running: readonly KeyNode[], passed: readonly KeyNode[]): string => {
  if (running.some((node) => node.nodeId === nodeId)) return nodeId;
  return passed.some((node) => node.nodeId === nodeId)
    ? refuse('NODE_PASSED', 'a node whose time has come stays as it is', { nodeId })
    : refuse('NODE_UNKNOWN', 'there is no such node: a new one has no id yet', { nodeId });
};
const assertInOrder = (nodes: readonly KeyNode[], now: string): void => {
  if (nodes.some((node) => isPassed(node, now)))
    reject('NODE_IN_PAST', 'keyNodes', 'a key node lies in the future');
  if (nodes.some(({ dueAt }, n) => dueAt <= (nodes[n - 1]?.dueAt ?? '')))
    reject('NODES_UNORDERED', 'keyNodes', 'key nodes follow each other in time');
  if (new Set(nodes.map(({ nodeId }) => nodeId)).size < nodes.length)
    reject('NODE_REPEATED', 'keyNodes', 'a key node is named once');
};
