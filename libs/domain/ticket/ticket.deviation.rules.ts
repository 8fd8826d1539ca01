import { refuse, reject } from '@rapport/kernel';
import { localDayOf } from './ticket.days';
import {
  TASK_FORCE_DEPARTMENTS_MIN,
  type AcceptancePhase,
  type DeviatingItem,
  type MatrixEntry,
  type Milestone,
} from './ticket.deviation.values';
import type { ForceMember } from './ticket.greenchannel.values';

/** What a list says twice, if it does. */
const repeatedIn = (ids: readonly string[]): string | undefined => ids.find((id, n) => ids.indexOf(id) !== n);

export const assertItems = (items: readonly DeviatingItem[]): void => {
  if (items.length === 0) reject('ITEM_REQUIRED', 'items', 'a deviation names what differs, item by item');
  const repeated = repeatedIn(items.map(({ itemId }) => itemId));
  if (repeated !== undefined) reject('ITEM_REPEATED', 'items', `${repeated} is named more than once`);
};
/** One department cannot revise a plan that several carry out (SYS-18.1). */
export const assertTaskForce = (members: readonly ForceMember[]): void => {
  const departments = new Set(members.map(({ department }) => department));
  if (departments.size < TASK_FORCE_DEPARTMENTS_MIN)
    reject('DEPARTMENTS_TOO_FEW', 'taskForce', 'a task force has members of at least two departments');
};

/** Every item is in the matrix, once and in one class; without a core item there is nothing to plan (SYS-18.2). */
export const assertMatrix = (itemIds: readonly string[], entries: readonly MatrixEntry[]): void => {
  const classes = new Map<string, string>();
  for (const { itemId, itemClass } of entries) {
    const before = classes.get(itemId);
    if (before !== undefined && before !== itemClass)
      reject('ITEM_IN_BOTH_CLASSES', 'entries', `${itemId} is core and additional`);
    if (before !== undefined) reject('ITEM_REPEATED', 'entries', `${itemId} is named more than once`);
    classes.set(itemId, itemClass);
  }
  assertKnownItems(itemIds, [...classes.keys()]);
  const missing = itemIds.filter((itemId) => !classes.has(itemId));
  if (missing.length > 0)
    refuse('ITEM_MISSING', 'the matrix holds every item of the deviation', { itemIds: missing });
  if (!entries.some(({ itemClass }) => itemClass === 'CORE'))
    reject('CORE_ITEM_REQUIRED', 'entries', 'at least one item is core');
};
export const assertKnownItems = (itemIds: readonly string[], named: readonly string[]): void => {
  const known = new Set(itemIds);
  const unknown = named.filter((itemId) => !known.has(itemId));
  if (unknown.length > 0) refuse('ITEM_UNKNOWN', 'the deviation has no such item', { itemIds: unknown });
};

/**
 * Bars that can be drawn: each once, from its beginning to its end, and none before today, as the customer counts it: a plan
 * that is entered later is a plan of what is still to come, too (SYS-18.4).
 */
export const assertMilestones = (milestones: readonly Milestone[], now: string, zone: string): void => {
  if (milestones.length === 0)
    reject('MILESTONE_REQUIRED', 'milestones', 'a plan has at least one milestone');
  assertBars(milestones, 'milestones');
  const today = localDayOf(now, zone);
  const past = milestones.find(({ startsAt }) => localDayOf(startsAt, zone) < today);
  if (past) reject('DATE_IN_PAST', 'milestones', `${past.milestoneId} begins before today`);
};
export const assertBars = (milestones: readonly Milestone[], field: string): void => {
  const repeated = repeatedIn(milestones.map(({ milestoneId }) => milestoneId));
  if (repeated !== undefined) reject('MILESTONE_REPEATED', field, `${repeated} is named more than once`);
  const reversed = milestones.find(({ startsAt, endsAt }) => startsAt > endsAt);
  if (reversed) reject('MILESTONE_REVERSED', field, `${reversed.milestoneId} ends before it begins`);
};

/** Phases that can be accepted one after the other: core first, each due in its turn and with criteria (SYS-18.5). */
export const assertPhases = (phases: readonly AcceptancePhase[], now: string): void => {
  phases.forEach(({ name, criteria, dueAt, itemClass }, n) => {
    const before = phases[n - 1];
    if (!criteria.some((criterion) => criterion.trim() !== ''))
      reject(
        'PHASE_WITHOUT_CRITERIA',
        `phases.${n}.criteria`,
        `${name} says nothing by which it is accepted`,
      );
    if (dueAt <= now) reject('DUE_IN_PAST', `phases.${n}.dueAt`, 'a phase is due in the future');
    if (before && before.dueAt > dueAt)
      reject('PHASES_REVERSED', `phases.${n}.dueAt`, `${name} is due before ${before.name}`);
    if (before?.itemClass === 'ADDITIONAL' && itemClass === 'CORE')
      reject('CORE_FIRST', `phases.${n}.itemClass`, 'what is core is accepted before what is additional');
  });
  const repeated = repeatedIn(phases.flatMap(({ itemIds = [] }) => itemIds));
  if (repeated !== undefined) reject('ITEM_REPEATED', 'phases', `${repeated} is in more than one phase`);
};
