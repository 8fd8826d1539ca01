import type { TopicPlan } from '@rapport/kernel';

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

export const CUSTOMER_EVENTS: TopicPlan = {
  ...{ topic: 'rapport.customer-events.v1', partitions: PARTITIONS, retentionHours: TOLD_HOURS },
};
export const TICKET_EVENTS: TopicPlan = {
  ...{ topic: 'rapport.ticket-events.v1', partitions: PARTITIONS, retentionHours: TOLD_HOURS },
};
export const COMPLAINT_EVENTS: TopicPlan = {
  ...{ topic: 'rapport.complaint-events.v1', partitions: PARTITIONS, retentionHours: TOLD_HOURS },
};
export const COMMITMENT_EVENTS: TopicPlan = {
  ...{ topic: 'rapport.commitment-events.v1', partitions: PARTITIONS, retentionHours: TOLD_HOURS },
};
/** What we tell. */
export const OUT: readonly TopicPlan[] = [
  CUSTOMER_EVENTS,
  TICKET_EVENTS,
  COMPLAINT_EVENTS,
  COMMITMENT_EVENTS,
];

export const COMMANDS: TopicPlan = {
  ...{ topic: 'rapport.commands.v1', partitions: PARTITIONS, retentionHours: WANTED_HOURS },
};
export const COMMAND_RESULTS: TopicPlan = {
  ...{ topic: 'rapport.command-results.v1', partitions: PARTITIONS, retentionHours: ANSWERED_HOURS },
};
/** People read it, so it needs no more than one partition, and they read it in order. */
export const COMMANDS_DEAD: TopicPlan = {
  ...{ topic: 'rapport.commands.dead-letter.v1', partitions: 1, retentionHours: DEAD_HOURS },
};
export const BEHAVIOUR: TopicPlan = {
  ...{ topic: 'rapport.behaviour.v1', partitions: PARTITIONS, retentionHours: WANTED_HOURS },
};
export const BEHAVIOUR_DEAD: TopicPlan = {
  ...{ topic: 'rapport.behaviour.dead-letter.v1', partitions: 1, retentionHours: DEAD_HOURS },
};
/** What we hear, and what we answer to it. */
export const IN: readonly TopicPlan[] = [COMMANDS, COMMAND_RESULTS, COMMANDS_DEAD, BEHAVIOUR, BEHAVIOUR_DEAD];
