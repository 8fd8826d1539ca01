import * as events from '@rapport/domain/events';
import type { Compatibility, ItemClass } from '@rapport/domain/values';
import { flag, instant, integer, maybe, projection, text } from '@rapport/kernel';

interface OfItem {
  readonly ticketId: string;
  readonly deviation: number;
}
/** Items are told apart within their deviation: `t-1|1|api`. */
const keyOf = ({ ticketId, deviation }: OfItem, itemId: string): string =>
  `${ticketId}|${deviation}|${itemId}`;

/** Everything that departs from a plan, item by item: where it belongs and whether it is possible. */
export const requirementMatrix = projection(events, {
  name: 'requirement-matrix',
  version: 1,
  about: 'Which items depart from the agreed plan, are they core or additional, and what does each take?',
  // prettier-ignore
  columns: {
    ticketId: text().says('The ticket whose plan it departs from (SYS-18.1)'),
    customerId: text().says('Whose ticket it is (SYS-18.1)'),
    deviation: integer(1).says('1 for the first deviation of the ticket, and so on (SYS-18.1)', 'ordinal'),
    itemId: text().says('What the item is called within its deviation (SYS-18.1)'),
    description: text().says('What differs (SYS-18.1)'),
    declaredAt: instant().says('When the deviation was declared (R-15)'),
    itemClass: maybe(text<ItemClass>('CORE')).says('CORE or ADDITIONAL; null: not sorted yet (SYS-18.2)'),
    urgent: maybe(flag()).says('It is pressing; null: not sorted yet (SYS-18.2)'),
    important: maybe(flag()).says('Much depends on it; null: not sorted yet (SYS-18.2)'),
    sortedAt: maybe(instant()).says('When it was sorted last; null: not yet (SYS-18.2)'),
    compatibility: maybe(text<Compatibility>('COMPATIBLE')).says('COMPATIBLE, WITH_CHANGES or INCOMPATIBLE; null: not assessed yet (R-16)'),
    personDays: maybe(integer()).says('The work that it takes; null: not assessed yet (SYS-18.3)', 'person-days'),
    costMinor: maybe(integer()).says('What it costs; null: not assessed yet (SYS-18.3)', 'minor units'),
    currency: maybe(text()).says('The money of its cost, such as CNY; null: not assessed yet (SYS-18.3)', 'ISO 4217'),
    assessedById: maybe(text()).says('Who assessed it; null: nobody yet (SYS-18.3)'),
    assessedAt: maybe(instant()).says('When it was assessed last; null: not yet (SYS-18.3)'),
  },
  indexes: [['ticketId', 'deviation'], ['customerId'], ['itemClass', 'compatibility']],
  history: true,
  key: 'ticketId',
  per: 'item of a deviation',
  keys: {
    RequirementDeviationDeclared: (data) => data.items.map(({ itemId }) => keyOf(data, itemId)),
    RequirementMatrixRecorded: (data) => data.entries.map(({ itemId }) => keyOf(data, itemId)),
    FeasibilityAssessed: (data) => [keyOf(data, data.itemId)],
  },
}).on({
  RequirementDeviationDeclared: ({ key }, data) => {
    const { ticketId, customerId, deviation, declaredAt } = data;
    const { itemId, description } = itemOf(key, data, data.items);
    return { ticketId, customerId, deviation, itemId, description, declaredAt };
  },
  RequirementMatrixRecorded: ({ key }, data) => {
    const { itemClass, urgent, important } = itemOf(key, data, data.entries);
    return { itemClass, urgent, important, sortedAt: data.recordedAt };
  },
  FeasibilityAssessed: (_, { compatibility, personDays, cost, assessedById, assessedAt }) => ({
    ...{ compatibility, personDays, costMinor: cost.minor, currency: cost.currency },
    ...{ assessedById, assessedAt },
  }),
});

/** The item that a row is about: its key was made of this event. */
const itemOf = <T extends { readonly itemId: string }>(key: string, data: OfItem, items: readonly T[]): T => {
  const found = items.find(({ itemId }) => keyOf(data, itemId) === key);
  if (!found) throw new Error(`the event has no item for ${key}`);
  return found;
};
