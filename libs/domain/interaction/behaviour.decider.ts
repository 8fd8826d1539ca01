import { refuse, reject, stateOf, type Aggregate } from '@rapport/kernel';
import { customer, knownWithContact, type Customer } from '../customer/customer.decider';
import { consent, isAllowedSince, type Consent } from '../privacy/consent.decider';
import * as commands from './behaviour.commands';
import * as events from './behaviour.events';

export type Behaviour = { readonly stage: 'none' } | { readonly stage: 'recorded'; readonly of: Told };
/** What makes it the same: the rest is worded by the system that delivers it. */
type Told = Pick<commands.RecordBehaviour, 'customerId' | 'kind' | 'subject' | 'happenedAt'>;

/** One thing that was watched: a stream for each, so that no delivery can be counted twice (SYS-10). */
export const behaviour: Aggregate<
  Behaviour,
  typeof events,
  typeof commands,
  { RecordBehaviour: { customer: Customer; consent: Consent } }
> = {
  name: 'behaviour',
  id: 'sourceEventId',
  events,
  commands,
  initial: { stage: 'none' },

  evolve: {
    BehaviourRecorded: (_, { customerId, kind, subject, happenedAt }) => ({
      ...{ stage: 'recorded', of: { customerId, kind, subject, happenedAt } },
    }),
  },

  needs: {
    RecordBehaviour: (_, { customerId }) => ({
      ...{ customer: stateOf(customer, customerId), consent: stateOf(consent, customerId) },
    }),
  },

  decide: {
    RecordBehaviour: (state, command, { now, known }) => {
      if (state.stage === 'recorded') return again(state.of, command);
      knownWithContact(known.customer, command.contactId);
      const { kind, seconds, happenedAt } = command;
      if (kind === 'FEATURE_USE' && seconds === undefined)
        reject('SECONDS_MISSING', 'seconds', 'the use of a feature says how long it lasted');
      if (happenedAt > now) reject('DATED_IN_FUTURE', 'happenedAt', 'happenedAt lies in the future');
      if (!isAllowedSince(known.consent, 'ANALYTICS', happenedAt))
        refuse('CONSENT_MISSING', 'this customer does not allow it, or did not when it happened', {
          purpose: 'ANALYTICS',
        });
      return [events.BehaviourRecorded.of(command, happenedAt)];
    },
  },
};

/** Delivered again: nothing to add. Another thing under the same id is a fault of whoever delivers it. */
const again = (of: Told, told: Told): [] =>
  of.customerId === told.customerId &&
  of.kind === told.kind &&
  of.subject === told.subject &&
  of.happenedAt === told.happenedAt
    ? []
    : refuse('SOURCE_EVENT_ID_TAKEN', 'something else was recorded under this id', { of });
