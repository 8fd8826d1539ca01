import { refuse, stateOf, type Aggregate } from '@rapport/kernel';
import { customer, knownCustomer, type Customer } from '../customer/customer.decider';
import * as commands from './churnrisk.commands';
import * as events from './churnrisk.events';
import { isActive, NO_RISK, RISK_RULE_VERSION, riskOf, type Risk } from './churnrisk.rules';
import { CHURN_APPROVERS, type SentSignal } from './churnrisk.values';

export interface ChurnRisk {
  readonly risk: Risk;
  /** The moment of the last assessment; null before the first. */
  readonly assessedAt: string | null;
  readonly flagged: boolean;
}

const { ChurnRiskAssessed, ChurnRiskLevelChanged, ChurnRiskFlagged, ChurnFlagCleared } = events;

/** How likely a customer is to leave, and what points to it (SYS-41). */
export const churnRisk: Aggregate<
  ChurnRisk,
  typeof events,
  typeof commands,
  { FlagChurnRisk: { customer: Customer } }
> = {
  name: 'churnrisk',
  id: 'customerId',
  events,
  commands,
  initial: { risk: NO_RISK, assessedAt: null, flagged: false },

  evolve: {
    ChurnRiskAssessed: (state, risk, at) => ({ ...state, risk, assessedAt: at }),
    ChurnRiskLevelChanged: (state) => state,
    ChurnRiskFlagged: (state) => ({ ...state, flagged: true }),
    ChurnFlagCleared: (state) => ({ ...state, flagged: false }),
  },

  needs: { FlagChurnRisk: (_, { customerId }) => ({ customer: stateOf(customer, customerId) }) },

  decide: {
    AssessChurnRisk: ({ risk, assessedAt }, { customerId, signals }, { now }) => {
      const at = assessedAt !== null && assessedAt > now ? assessedAt : now;
      const found = riskOf(signals, at);
      const turns = at !== assessedAt && signals.some((signal) => turnsAt(signal, at));
      if (!turns && sameRisk(found, risk)) return [];
      const { score, level, mainSignal } = found;
      const change = { customerId, from: risk.level, to: level, score, ...(mainSignal && { mainSignal }) };
      return [
        ChurnRiskAssessed.of({ customerId, ...found, ruleVersion: RISK_RULE_VERSION }, at),
        ...(level === risk.level ? [] : [ChurnRiskLevelChanged.of(change, at)]),
      ];
    },

    FlagChurnRisk: ({ flagged }, { customerId, reason }, { known }) => {
      knownCustomer(known.customer);
      if (flagged) refuse('CHURN_ALREADY_FLAGGED', 'the customer is flagged already: clear the flag first');
      return [ChurnRiskFlagged.of({ customerId, reason })];
    },

    ClearChurnFlag: ({ flagged, risk }, { customerId, reason }, { now, actor }) => {
      if (!flagged) refuse('CHURN_NOT_FLAGGED', 'the customer is not flagged');
      if (competitorActive(risk, now) && !CHURN_APPROVERS.includes(actor.role))
        refuse(
          'APPROVER_REQUIRED',
          `a competitor contact is active: only ${CHURN_APPROVERS.join(', ')} may clear the flag`,
          { approvers: CHURN_APPROVERS },
        );
      return [ChurnFlagCleared.of({ customerId, reason })];
    },
  },
};

/**
 * A signal begins or ends at this very moment. Such an assessment is always told, even if nothing came of it: whoever
 * waits for the next such moment waits from there on, and so never stops waiting.
 */
const turnsAt = ({ since, expiresAt }: SentSignal, at: string): boolean => since === at || expiresAt === at;

const sameRisk = (one: Risk, other: Risk): boolean =>
  one.level === other.level &&
  one.score === other.score &&
  one.signals.map(textOf).join() === other.signals.map(textOf).join();
const textOf = ({ code, weight, sourceEventId, since, expiresAt }: Risk['signals'][number]): string =>
  [code, weight, sourceEventId, since, expiresAt].join(' ');

const competitorActive = ({ signals }: Risk, now: string): boolean =>
  signals.some((signal) => signal.code === 'COMPETITOR_CONTACT' && isActive(signal, now));
