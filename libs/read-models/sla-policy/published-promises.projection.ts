import * as events from '@rapport/domain/events';
import type { CalendarKind, SlaMoment } from '@rapport/domain/values';
import { instant, integer, maybe, projection, text } from '@rapport/kernel';

/** What was promised to everybody, such as `24-hour response` (R-18, SYS-20.4). */
export const publishedPromises = projection(events, {
  name: 'published-promises',
  version: 1,
  about: 'What did we promise to everybody, and from when to when does it bind?',
  // prettier-ignore
  columns: {
    policyId: text().says('The family of policies to which it is added as a rule (SYS-20.4)'),
    promiseId: text().says('Its rule is called PROMISE: and this (SYS-20.4)'),
    text: text().says('As it was published, such as 24-hour response (R-18)'),
    moment: text<SlaMoment>('FIRST_RESPONSE').says('What is promised, such as FIRST_RESPONSE or RESOLVE (SYS-20.4)'),
    kind: text<CalendarKind>('CONTINUOUS').says('How its time is counted: CONTINUOUS, SERVICE_WINDOW, WORKING_DAY or CALENDAR_DAY (C-10)'),
    minutes: maybe(integer()).says('How soon, where minutes are counted; null: days are (SYS-20.4)', 'minutes'),
    days: maybe(integer()).says('How soon, where days are counted; null: minutes are (SYS-20.4)', 'days'),
    effectiveFrom: instant().says('From then on it binds for every ticket (SYS-20.4)'),
    endsAt: maybe(instant()).says('From then on it binds no more; null: no end is known (SYS-20.4)'),
    retiredBecause: maybe(text()).says('Why it ends, in the words of whoever retired it; null: no end is known (SYS-20.4)'),
  },
  indexes: [['policyId', 'effectiveFrom']],
  history: true,
  key: 'policyId',
  per: 'policy and promise',
  keys: {
    PublishedPromiseDeclared: ({ policyId, promiseId }) => [`${policyId}|${promiseId}`],
    PublishedPromiseRetired: ({ policyId, promiseId }) => [`${policyId}|${promiseId}`],
  },
}).on({
  PublishedPromiseDeclared: (_, { policyId, promiseId, text: words, moment, within, effectiveFrom }) => {
    const { kind, minutes = null, days = null } = within;
    return { policyId, promiseId, text: words, moment, kind, minutes, days, effectiveFrom };
  },
  PublishedPromiseRetired: (_, { endsAt, reason: retiredBecause }) => ({ endsAt, retiredBecause }),
});
