import { Department } from '@rapport/domain/values';
import { keptGroups, OneOf, Optional, question } from '@rapport/kernel';
import { groupedBy, sumOf } from '../figures';
import { peopleColumn, resourceDemand, resourceDemandFigures } from './resource-demand.projection';

class ResourceDemandParams {
  /** Only tickets that this department works on. */
  @Optional() @OneOf(Department) responsibleDepartment?: Department;
}

/** What the open tickets ask of whom (SYS-13.4). */
export const resourceDemandReport = question({
  name: 'resource-demand',
  about: 'How many people of which department, and how much money, do the open tickets need?',
  params: ResourceDemandParams,
  reads: [resourceDemand],
  answer: async ({ responsibleDepartment }, { rows, now }) => {
    const groups = (await keptGroups(rows, resourceDemandFigures)).filter(
      (group) =>
        responsibleDepartment === undefined || group['responsibleDepartment'] === responsibleDepartment,
    );
    const needed = (Object.keys(Department) as Department[]).map((department) => ({
      department,
      people: sumOf(groups, peopleColumn(department)),
    }));
    return {
      asOf: now,
      tickets: sumOf(groups, 'rows'),
      people: needed.filter(({ people }) => people > 0),
      budgets: groupedBy(groups, (group) => String(group['currency'])).map(([currency, some]) => ({
        ...{ currency, minor: sumOf(some, 'budgetMinor') },
      })),
    };
  },
});
