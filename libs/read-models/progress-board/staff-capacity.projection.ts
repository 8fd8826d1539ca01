import * as events from '@rapport/domain/events';
import type { Department } from '@rapport/domain/values';
import { howMany, instant, maybe, projection, text } from '@rapport/kernel';

/** What each of us can do at a time. */
export const staffCapacity = projection(events, {
  name: 'staff-capacity',
  version: 1,
  about: 'How many open tickets can each of us work on at a time, and who has said so?',
  columns: {
    department: maybe(text<Department>('CUSTOMER_SERVICE')).says(
      'Where the person works; null: not named (SYS-62.3)',
    ),
    capacity: howMany().says('Open tickets at a time; 0: away, or occupied otherwise (SYS-62.3)'),
    setById: text().says('Who said so last (SYS-62.3)'),
    setAt: instant().says('When somebody said so last (SYS-62.3)'),
  },
  indexes: [['department']],
  history: true,
  key: 'staffId',
}).on({
  CapacitySet: (_, { department = null, to: capacity, setById, setAt }) => ({
    ...{ department, capacity, setById, setAt },
  }),
});
