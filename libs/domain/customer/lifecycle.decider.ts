import { refuse, stateOf, type Aggregate } from '@rapport/kernel';
import { customer, knownCustomer, type Customer } from './customer.decider';
import * as commands from './lifecycle.commands';
import * as events from './lifecycle.events';
import { advanced, autoMove, overridden, returned } from './lifecycle.moves';
import { moved, START_OF_LIFECYCLE, type Lifecycle } from './lifecycle.state';
import { SILENCE_DAYS, silentFrom } from './lifecycle.values';
import { attributedTo, takeWakeUpAction } from './lifecycle.wake-up';
import { purchase, type Purchase } from './purchase.decider';

interface Known {
  ChangeLifecycleStage: { customer: Customer };
  RecordChurn: { customer: Customer };
  RecordWinBack: { purchase: Purchase };
}
const { CustomerChurned, CustomerReawakened, CustomerTurnedSilent, CustomerWonBack } = events;
const { DeclineReasonRecorded, LifecycleStageChanged, WakeUpStarted, WakeUpsHeld, WakeUpsReleased } = events;

/** The relationship with one customer: its stage, its silences, its end and its return (SYS-06, SYS-40, SYS-43). */
export const lifecycle: Aggregate<Lifecycle, typeof events, typeof commands, Known> = {
  name: 'lifecycle',
  id: 'customerId',
  events,
  commands,
  initial: START_OF_LIFECYCLE,
  evolve: moved,

  needs: {
    ChangeLifecycleStage: (_, { customerId }) => ({ customer: stateOf(customer, customerId) }),
    RecordChurn: (_, { customerId }) => ({ customer: stateOf(customer, customerId) }),
    RecordWinBack: (_, { purchaseId }) => ({ purchase: stateOf(purchase, purchaseId) }),
  },

  decide: {
    ChangeLifecycleStage: (state, command, { actor, known }) => {
      knownCustomer(known.customer);
      if (actor.role !== 'CRM_MANAGER')
        refuse('OVERRIDE_NOT_ALLOWED', 'only a CRM manager may put a customer into another stage by hand');
      return overridden(state, command);
    },

    AdvanceLifecycle: (state, { customerId, cause, causeEventId }, { now }) =>
      autoMove(state, { customerId, cause, causeEventId }, advanced(state, cause), now),

    RecordDeclineReason: (state, command) => {
      if (state.stage !== 'DECLINE') refuse('CUSTOMER_NOT_IN_DECLINE', 'this customer is not in decline');
      return state.declineReason === command.reason && command.note === undefined
        ? []
        : [DeclineReasonRecorded.of(command)];
    },

    DetectSilence: (state, { customerId, lastActivityAt, lastActivityEventId, tier }, { now, eventId }) => {
      const silentSince = silentFrom(lastActivityAt, tier);
      if (state.silence || state.stage === 'CHURNED' || now < silentSince) return [];
      if (state.lastActivityAt !== null && lastActivityAt < state.lastActivityAt) return [];
      const episode = {
        lastActivityAt,
        lastActivityEventId,
        tier,
        thresholdDays: SILENCE_DAYS[tier],
        silentSince,
      };
      const because = { customerId, cause: 'SILENCE', causeEventId: eventId(0) } as const;
      return [
        CustomerTurnedSilent.of({ customerId, ...episode }, silentSince),
        ...autoMove(state, because, 'DECLINE', silentSince, silentSince),
      ];
    },

    NoteActivity: (state, { customerId, activityAt, activityEventId, activity }, { eventId }) => {
      const { silence } = state;
      if (!silence || activityAt <= silence.lastActivityAt) return [];
      const answered = attributedTo(silence, activityAt);
      const noted = {
        customerId,
        activityAt,
        activityEventId,
        activity,
        silentSince: silence.since,
        ...answered,
      };
      const because = { customerId, cause: 'REAWAKENED', causeEventId: eventId(0) } as const;
      return [
        CustomerReawakened.of(noted, activityAt),
        ...autoMove(state, because, returned(state), activityAt, activityAt),
      ];
    },

    StartWakeUp: (state, command, { now }) => {
      const { silence } = state;
      if (!silence) return refuse('CUSTOMER_NOT_SILENT', 'only a silent customer can be woken up');
      if (silence.actions.some(({ actionId }) => actionId === command.actionId)) return [];
      if (silence.wakeUp) refuse('WAKE_UP_RUNNING', 'this customer is being woken up already');
      const { tier, since: silentSince } = silence;
      const action = takeWakeUpAction(state, command, now);
      return [WakeUpStarted.of({ customerId: command.customerId, tier, silentSince }), ...action];
    },

    RecordWakeUpAction: (state, command, { now }) => {
      if (!state.silence?.wakeUp) refuse('WAKE_UP_NOT_STARTED', 'start a wake-up of this customer first');
      return takeWakeUpAction(state, command, now);
    },

    HoldWakeUps: (state, command) =>
      state.heldBy.includes(command.ticketId) ? [] : [WakeUpsHeld.of(command)],
    ReleaseWakeUps: (state, command) =>
      state.heldBy.includes(command.ticketId) ? [WakeUpsReleased.of(command)] : [],

    RecordChurn: (state, command, { known, eventId }) => {
      knownCustomer(known.customer);
      const { customerId } = command;
      const { stage: stageBefore } = state;
      if (stageBefore === 'CHURNED')
        refuse('CUSTOMER_ALREADY_CHURNED', 'this customer is recorded as lost already');
      const move = {
        customerId,
        from: stageBefore,
        to: 'CHURNED',
        cause: 'CHURN',
        causeEventId: eventId(0),
      } as const;
      return [
        CustomerChurned.of({ ...command, stageBefore }),
        LifecycleStageChanged.of({ ...move, manual: false, wonBack: false }),
      ];
    },

    RecordWinBack: (state, { customerId, purchaseId }, { known, eventId }) => {
      if (state.wonBackBy === purchaseId) return [];
      if (state.stage !== 'CHURNED') refuse('CUSTOMER_NOT_CHURNED', 'only a lost customer can be won back');
      const bought = known.purchase;
      if (
        bought.stage === 'unknown' ||
        bought.customerId !== customerId ||
        !boughtAfter(state, bought.purchasedAt)
      )
        return refuse(
          'WIN_BACK_WITHOUT_PURCHASE',
          'winning back takes a purchase of this customer after the loss',
        );
      const { purchasedAt } = bought;
      const move = {
        customerId,
        from: 'CHURNED',
        to: 'GROWTH',
        cause: 'WON_BACK',
        causeEventId: eventId(0),
      } as const;
      return [
        CustomerWonBack.of({ customerId, purchaseId }, purchasedAt),
        LifecycleStageChanged.of({ ...move, manual: false, wonBack: true }, purchasedAt),
      ];
    },
  },
};

const boughtAfter = ({ churnedAt }: Lifecycle, purchasedAt: string): boolean =>
  churnedAt === null || purchasedAt > churnedAt;
