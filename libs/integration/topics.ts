import type { TopicPlan } from '@rapport/kernel';

/** A topic as it must be, and what it is for. */
export interface Topic extends TopicPlan {
  readonly about: string;
  /** What the key of its messages is. */
  readonly key: string;
}

const HOURS_A_DAY = 24;
/**
 * One topic a context: who may read it and how long it is kept is settled by topic, and nobody has to skip what is not
 * theirs. Within a topic the key is the aggregate's id, so its messages keep their order; twelve partitions divide
 * evenly among 2, 3, 4, 6 or 12 readers, and the number cannot change later without losing that order.
 */
const PARTITIONS = 12;
/** A reader may be away for a month. The log keeps everything: who needs more asks for it to be published again. */
const TOLD_HOURS = 30 * HOURS_A_DAY;
/** Commands name people in clear, and a topic cannot forget one of them: they are kept as short as a long weekend allows. */
const WANTED_HOURS = 3 * HOURS_A_DAY;
const ANSWERED_HOURS = 7 * HOURS_A_DAY;
/** Long enough for a person to look, short enough for what may stand in there. */
const DEAD_HOURS = 14 * HOURS_A_DAY;
/** People read dead letters, in the order in which they came. */
const DEAD_PARTITIONS = 1;

const told = (context: string, key: string, about: string): Topic => ({
  ...{
    topic: `rapport.${context}-events.v1`,
    partitions: PARTITIONS,
    retentionHours: TOLD_HOURS,
    key,
    about,
  },
});
const dead = (of: string, about: string): Topic => ({
  ...{ topic: `rapport.${of}.dead-letter.v1`, partitions: DEAD_PARTITIONS, retentionHours: DEAD_HOURS },
  ...{ key: 'as it came', about },
});

export const CUSTOMER_EVENTS = told(
  'customer',
  'customerId',
  'What became of the relationship with a customer.',
);
export const TICKET_EVENTS = told('ticket', 'ticketId', 'What became of a need that a customer raised.');
export const COMPLAINT_EVENTS = told('complaint', 'ticketId', 'What became of a complaint.');
export const COMMITMENT_EVENTS = told('commitment', 'commitmentId', 'What became of a promise.');
export const NOTIFICATION_EVENTS = told(
  'notification',
  'ticketId',
  'Messages to customers that are to be sent.',
);
/** What we tell. */
export const OUT: readonly Topic[] = [
  ...[CUSTOMER_EVENTS, TICKET_EVENTS, COMPLAINT_EVENTS, COMMITMENT_EVENTS, NOTIFICATION_EVENTS],
];

export const COMMANDS: Topic = {
  ...{ topic: 'rapport.commands.v1', partitions: PARTITIONS, retentionHours: WANTED_HOURS },
  key: 'the id of the aggregate',
  about: 'What others want of us: carried out in the order of the key, each commandId once, and answered.',
};
export const COMMAND_RESULTS: Topic = {
  ...{ topic: 'rapport.command-results.v1', partitions: PARTITIONS, retentionHours: ANSWERED_HOURS },
  key: 'as the command',
  about: 'What became of each command, by its commandId; the last answer counts.',
};
export const COMMANDS_DEAD = dead(
  'commands',
  'Commands that nobody could be answered about, and those that met a bug.',
);
export const BEHAVIOUR: Topic = {
  ...{ topic: 'rapport.behaviour.v1', partitions: PARTITIONS, retentionHours: WANTED_HOURS },
  key: 'any, such as customerId',
  about:
    'What customers do with what we offer: recorded once a sourceEventId, where the customer allows ANALYTICS.',
};
export const BEHAVIOUR_DEAD = dead(
  'behaviour',
  'Behaviour that could not be recorded, such as of an unknown customer.',
);
/** What we hear, and what we answer to it. */
export const IN: readonly Topic[] = [COMMANDS, COMMAND_RESULTS, COMMANDS_DEAD, BEHAVIOUR, BEHAVIOUR_DEAD];
