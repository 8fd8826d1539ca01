import { AdvanceLifecycle, DetectSilence, NoteActivity, RecordWinBack } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import {
  daysAfter,
  PURCHASE_WINDOW_DAYS,
  PURCHASES_TO_MATURITY,
  silentFrom,
  type ActivityKind,
  type LifecycleStage,
  type ValueTier,
} from '@rapport/domain/values';
import { at, flag, json, maybe, policy, text, type RowOf } from '@rapport/kernel';

const columns = {
  tier: text<ValueTier>('STANDARD'),
  stage: text<LifecycleStage>('ACQUISITION'),
  /** The newest activity that is known; empty: none yet. */
  lastActivityAt: text(),
  lastActivityEventId: text(),
  lastActivity: text<ActivityKind>('REGISTRATION'),
  silent: flag(),
  churnedAt: maybe(text()),
  /** When the newest purchases took place, newest first; no more of them than maturity asks for. */
  purchases: json<readonly string[]>([]),
};
type Memory = RowOf<typeof columns>;
interface Activity {
  readonly kind: ActivityKind;
  readonly at: string;
  readonly eventId: string;
}

/**
 * What a customer does moves the relationship, and doing nothing does so too. One policy for both, because a customer
 * who buys after a silence must first be awake again and only then be moved on, in this order.
 */
export const relationship = policy(events, {
  name: 'relationship',
  about: 'Notices silences and their end, moves buyers on, and wins lost customers back when they buy.',
  key: 'customerId',
  columns,
}).on({
  CustomerRegistered: (memory, { registeredAt }, { id }) =>
    noting(memory, { kind: 'REGISTRATION', at: registeredAt, eventId: id }),

  TicketRegistered: (memory, { raisedAt }, { id }) =>
    noting(memory, { kind: 'INBOUND_CONTACT', at: raisedAt, eventId: id }),

  BehaviourRecorded: (memory, { happenedAt }, { id }) =>
    noting(memory, { kind: 'BEHAVIOUR', at: happenedAt, eventId: id }),

  PurchaseRecorded: (memory, { customerId, purchaseId, purchasedAt }, { id }) => {
    const purchases = [...memory.purchases, purchasedAt].sort().reverse().slice(0, PURCHASES_TO_MATURITY);
    const wonBack = memory.churnedAt !== null && purchasedAt > memory.churnedAt;
    const now: Memory = { ...memory, purchases, churnedAt: wonBack ? null : memory.churnedAt };
    const noted = noting(now, { kind: 'PURCHASE', at: purchasedAt, eventId: id });
    const winBack = RecordWinBack.of({ customerId, purchaseId });
    return {
      ...noted,
      remember: { purchases, churnedAt: now.churnedAt, ...noted.remember },
      send: wonBack ? [winBack] : [...noted.send, ...advances(now, id)],
    };
  },

  ValueTierChanged: (memory, { to: tier }) =>
    memory.silent || memory.churnedAt !== null || memory.lastActivityAt === ''
      ? { remember: { tier } }
      : { remember: { tier }, wake: timerOf({ ...memory, tier }) },

  CustomerTurnedSilent: (memory, { lastActivityAt }) =>
    lastActivityAt < memory.lastActivityAt
      ? { send: [noteActivity(memory)] } // it has been broken already, by what became known meanwhile
      : { remember: { silent: true }, wake: null },

  LifecycleStageChanged: (_, { to: stage }) => ({ remember: { stage } }),
  CustomerChurned: (_, __, { occurredAt }) => ({
    remember: { churnedAt: occurredAt, silent: false },
    wake: null,
  }),
  CustomerWonBack: (memory) => ({ remember: { churnedAt: null }, wake: timerOf(memory) }),
});

/**
 * An activity that is newer than all that are known starts the wait for silence anew. A silence that lay before it is
 * told first, also when its timer has not fired: so history that is read late comes out as if it had been watched.
 */
const noting = (memory: Memory, { kind, at: activityAt, eventId }: Activity) => {
  if (activityAt <= memory.lastActivityAt) return { remember: {}, send: [] };
  const lost = memory.churnedAt !== null;
  const began = memory.lastActivityAt !== '' && activityAt >= silentFrom(memory.lastActivityAt, memory.tier);
  const newest = { lastActivityAt: activityAt, lastActivityEventId: eventId, lastActivity: kind };
  const now: Memory = { ...memory, ...newest };
  const missed = began && !memory.silent && !lost;
  return {
    remember: { ...newest, silent: false },
    send: [
      ...(missed ? [detectSilence(memory)] : []),
      ...(missed || memory.silent ? [noteActivity(now)] : []),
    ],
    wake: lost ? null : timerOf(now),
  };
};

/** What a purchase may lead to; the relationship itself decides whether it does (SYS-06.1, SYS-06.2). */
const advances = ({ key: customerId, stage, purchases, churnedAt }: Memory, causeEventId: string) => {
  if (stage === 'MATURITY' || churnedAt !== null) return [];
  const first = AdvanceLifecycle.of({ customerId, cause: 'FIRST_PURCHASE', causeEventId });
  const third = AdvanceLifecycle.of({ customerId, cause: 'THIRD_PURCHASE_IN_365_DAYS', causeEventId });
  return [...(stage === 'GROWTH' ? [] : [first]), ...(oftenEnough(purchases) ? [third] : [])];
};
const oftenEnough = (purchases: readonly string[]): boolean => {
  const [newest = ''] = purchases;
  const third = purchases[PURCHASES_TO_MATURITY - 1];
  return third !== undefined && third >= daysAfter(newest, -PURCHASE_WINDOW_DAYS);
};

const timerOf = (memory: Memory) => at(silentFrom(memory.lastActivityAt, memory.tier), detectSilence(memory));
const detectSilence = ({ key: customerId, lastActivityAt, lastActivityEventId, tier }: Memory) =>
  DetectSilence.of({ customerId, lastActivityAt, lastActivityEventId, tier });
const noteActivity = ({ key: customerId, lastActivityAt, lastActivityEventId, lastActivity }: Memory) =>
  NoteActivity.of({
    ...{ customerId, activityAt: lastActivityAt },
    ...{ activityEventId: lastActivityEventId, activity: lastActivity },
  });
