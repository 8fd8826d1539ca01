import * as events from '@rapport/domain/events';
import { flag, instant, integer, json, maybe, projection, text } from '@rapport/kernel';

/** The tracking table, line by line. It holds the words of customers, so it keeps no history. */
export const executionLog = projection(events, {
  name: 'execution-log',
  version: 1,
  about: 'What has been done for a ticket, step by step, by whom, and what was to come next?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket it was done for (SYS-16.1)'),
    customerId: text().says('Whose ticket it is (SYS-16.1)'),
    step: integer().says('1 for the line that was recorded first, and so on (SYS-16.1)', 'ordinal'),
    stage: text().says('Where the work was, such as INTAKE or TECHNICAL_EVALUATION (SYS-16.1)'),
    executedAt: instant().says('When it was done (SYS-16.1)'),
    executorId: text().says('Who did it (SYS-16.1)'),
    customerFeedback: maybe(text()).says('What the customer said to it: personal; null: nothing (SYS-16.1)'),
    progress: text().says('What was done, and with what result (SYS-16.1)'),
    nextNode: maybe(text()).says('What was to come next; null: it was the final step (SYS-16.1)'),
    nextDue: maybe(instant()).says('Until when that was to come; null: not said (SYS-16.1)'),
    final: flag().says('Nothing was to follow (SYS-16.1)'),
    lateEntry: flag().says('It happened before the line that was recorded before it (SYS-16.4)'),
    evidenceId: maybe(text()).says('Mail or call that proves when it was; null: none (SYS-16.4)'),
    participants: json<readonly string[]>([]).says('Who else took part (SYS-16.1)'),
    internalProgress: maybe(text()).says('What the customer need not hear; null: nothing (SYS-16.1)'),
  },
  indexes: [['ticketId', 'executedAt'], ['executorId', 'executedAt'], ['customerId']],
  key: 'ticketId',
  per: 'step of a ticket',
  keys: { ExecutionStepRecorded: ({ ticketId, step }) => [`${ticketId}|${step}`] },
}).on({
  ExecutionStepRecorded: (_, { ticketId, customerId, step, stage, executedAt, ...line }) => ({
    ...{ ticketId, customerId, step, stage, executedAt, executorId: line.executorId },
    ...{ customerFeedback: line.customerFeedback ?? null, progress: line.progress, final: line.final },
    ...{ nextNode: line.nextNode ?? null, nextDue: line.nextDue ?? null, lateEntry: line.lateEntry },
    ...{ evidenceId: line.evidenceId ?? null, participants: line.participants ?? [] },
    internalProgress: line.internalProgress ?? null,
  }),
});
