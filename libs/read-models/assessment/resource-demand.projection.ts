import * as events from '@rapport/domain/events';
import { Department, type PeopleNeeded } from '@rapport/domain/values';
import { flag, howMany, instant, integer, json, maybe, projection, rollup, text } from '@rapport/kernel';

/** What tickets need that were analysed: people, technology, money; open ones and those that are over. */
export const resourceDemand = projection(events, {
  name: 'resource-demand',
  version: 1,
  about:
    'What does each analysed ticket need: how many people of which department, what technology, what money?',
  // prettier-ignore
  columns: {
    customerId: text().says('Whose ticket it is (SYS-13.4)'),
    open: flag().says('Still to be worked on: neither closed nor withdrawn (SYS-13.4)'),
    responsibleDepartment: text<Department>('RND').says('Who does the work (C-17)'),
    people: json<readonly PeopleNeeded[]>([]).says('How many people of which department (SYS-13.4, R-66)'),
    peopleTotal: howMany().says('All of them together (SYS-13.4, R-66)'),
    technology: maybe(text()).says('What technical means it takes; null: none that was named (SYS-13.4)'),
    budgetMinor: integer().says('The money it takes, in the smallest unit of its currency (SYS-13.4)', 'minor units'),
    budgetCurrency: text().says('The currency of that money, such as CNY (SYS-13.4)'),
    version: integer(1).says('The version of the assessment that says so (SYS-13.5)', 'ordinal'),
    weighedAt: instant().says('When that version was stored (SYS-13.5)'),
  },
  indexes: [['open', 'responsibleDepartment'], ['customerId']],
  history: true,
  key: 'ticketId',
  per: 'ticket that was analysed',
}).on({
  TicketAnalysed: (_, data, { occurredAt }) => ({ ...demandOf(data), open: true, weighedAt: occurredAt }),
  TicketAnalysisRevised: (_, data, { occurredAt }) => ({ ...demandOf(data), weighedAt: occurredAt }),
  TicketClosed: (row) => (isAnalysed(row) ? { open: false } : undefined),
  TicketWithdrawn: (row) => (isAnalysed(row) ? { open: false } : undefined),
  TicketReopened: (row) => (isAnalysed(row) ? { open: true } : undefined),
});

/** Other tickets have no row: what happens to them must not make one. */
const isAnalysed = ({ customerId }: { readonly customerId: string }): boolean => customerId !== '';

const demandOf = (data: Readonly<events.TicketAnalysed>) => {
  const { customerId, responsibleDepartment, version, resources } = data;
  const { people, technology = null, budget } = resources;
  return {
    ...{ customerId, responsibleDepartment, version, people, technology },
    peopleTotal: people.reduce((sum, { people: count }) => sum + count, 0),
    ...{ budgetMinor: budget.minor, budgetCurrency: budget.currency },
  };
};

type DemandColumn = `people${string}`;
/** `peopleAfterSales`: how many people of one department. */
export const peopleColumn = (department: Department): DemandColumn =>
  `people${department.toLowerCase().replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase())}`;
const departments = Object.keys(Department) as Department[];
const eachDepartment = <T>(make: (department: Department) => T): Readonly<Record<DemandColumn, T>> =>
  Object.fromEntries(departments.map((department) => [peopleColumn(department), make(department)]));

export const resourceDemandFigures = rollup(resourceDemand, {
  name: 'resource-demand-figures',
  version: 1,
  about: 'How many people of each department, and how much money, do the open tickets need?',
  source: 'SYS-13.4',
  where: ({ open }) => open,
  by: {
    responsibleDepartment: ({ responsibleDepartment }) => responsibleDepartment,
    currency: ({ budgetCurrency }) => budgetCurrency,
  },
  sums: {
    ...eachDepartment(
      (department) =>
        ({ people }: { readonly people: readonly PeopleNeeded[] }) =>
          people.reduce((sum, one) => sum + (one.department === department ? one.people : 0), 0),
    ),
    budgetMinor: ({ budgetMinor }) => budgetMinor,
  },
  says: {
    ...eachDepartment((department) => `People of ${department} who are needed`),
    responsibleDepartment: 'Who does the work',
    currency: 'The currency of the money',
    rows: 'Open tickets that were analysed',
    budgetMinor: ['Money that is needed, in the smallest unit of its currency', 'minor units'],
  },
});
