import type { NewEvent } from '@rapport/kernel';
import { NOTHING_PUBLISHED } from '../sla/sla.story';
import * as ticketEvents from './ticket.events';
import * as c from './ticket.tasks.commands';
import * as e from './ticket.tasks.events';

/** Friday, ten in the morning in Shanghai. */
export const NOW = '2024-03-01T02:00:00.000Z';
export const FRIDAY_14 = '2024-03-01T06:00:00.000Z';
export const DUE = '2024-03-05T10:00:00.000Z';
export const raisedAt = '2024-03-01T01:00:00.000Z';

export const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'COMPLAINT',
  urgency: 'ROUTINE',
  raisedAt,
} as const;
export const told = { channel: 'PHONE', verbatim: 'it does not print', collectorId: 'sam' } as const;
export const registered = ticketEvents.TicketRegistered.of({
  ...of,
  ...told,
  isEnquiry: false,
  isComplex: false,
});
export const led = (to: string) =>
  ticketEvents.LeadDepartmentAssigned.of({ ...of, to, reassignment: false, byType: true });
export const owned = (to: string) => ticketEvents.TicketOwnerAssigned.of({ ...of, to, reassignment: false });
export const id = { ticketId: 't-1', taskId: 'print' };
export const work = { ...id, duty: 'make it print', output: 'a printing printer', dueAt: DUE } as const;
export const assigned = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE' | 'RND', more: object = {}) =>
  e.DepartmentTaskAssigned.of({
    ...{ ...of, ...work, department, origin: 'ASSIGNED', assignedAt: NOW, acceptBy: FRIDAY_14 },
    ...{ green: false, ...more },
  });
export const accepted = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE' | 'RND', taskId = 'print') =>
  e.DepartmentTaskAccepted.of({
    ...{ ...of, ...work, taskId, department, acceptedById: 'ann', assignedAt: NOW, acceptedAt: NOW },
    late: false,
  });
export const declined = (
  department: 'TECHNICAL' | 'RND',
  proposed: 'CUSTOMER_SERVICE' | 'TECHNICAL',
  n = 1,
) =>
  e.DepartmentTaskDeclined.of({
    ...{ ...of, ...work, department, proposed, reason: 'usage error', declinedById: 'ann', declines: n },
    ...{ assignedAt: NOW, declinedAt: NOW, late: false },
  });
export const toService = assigned('CUSTOMER_SERVICE', { from: 'TECHNICAL', origin: 'PASSED_ON' });
export const disputed = (level: 'DEPARTMENT_HEAD' | 'SENIOR_MANAGEMENT' = 'SENIOR_MANAGEMENT') =>
  e.ResponsibilityDisputed.of({
    ...{ ...of, ...work, department: 'CUSTOMER_SERVICE', cause: 'DECLINED_TWICE', level },
    ...{ parties: ['TECHNICAL', 'CUSTOMER_SERVICE'], between: ['CUSTOMER_SERVICE', 'TECHNICAL'] },
    ...{ disputedAt: NOW, rulingBy: FRIDAY_14 },
  });
export const ruled = e.ResponsibilityRuled.of({
  ...{ ...of, ...work, department: 'TECHNICAL', from: 'CUSTOMER_SERVICE', reason: 'a fault' },
  ...{ parties: ['TECHNICAL', 'CUSTOMER_SERVICE'], between: ['CUSTOMER_SERVICE', 'TECHNICAL'] },
  ...{ rulerId: 'uma', level: 'SENIOR_MANAGEMENT' },
  ...{ disputedAt: NOW, rulingBy: FRIDAY_14, ruledAt: NOW, late: false },
});
export const completed = (taskId = 'print', late = false, completedAt = NOW) =>
  e.DepartmentTaskCompleted.of({
    ...{ ...of, ...work, taskId, department: 'TECHNICAL', result: 'prints', completedById: 'ann' },
    ...{ completedAt, late },
  });
export const due = (tasks: number, since = NOW) => e.CustomerTellingDue.of({ ...of, tasks, since });

export const assign = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE' | 'RND', more: object = {}) =>
  c.AssignDepartmentTask.of({ ...work, department, ...more });
export const accept = (department: 'TECHNICAL' | 'CUSTOMER_SERVICE') =>
  c.AcceptDepartmentTask.of({ ...id, department });
export const decline = (
  department: 'TECHNICAL' | 'CUSTOMER_SERVICE' | 'RND',
  proposed = 'CUSTOMER_SERVICE',
) =>
  c.DeclineDepartmentTask.of({
    ...id,
    department,
    proposed,
    reason: 'usage error',
  } as c.DeclineDepartmentTask);
export const complete = c.CompleteDepartmentTask.of({ ...id, department: 'TECHNICAL', result: 'prints' });

/** What is known of the calendar where none was published: working days in Shanghai. */
export const KNOWN = { rulebook: NOTHING_PUBLISHED };
type Given<W> = (...history: NewEvent[]) => { readonly when: (command: object, known?: object) => W };
/** The scenarios of a spec, in which that is known. */
export const withCalendar =
  <W>(given: Given<W>): Given<W> =>
  (...history) => {
    const { when } = given(...history);
    return { when: (command, known = KNOWN) => when(command, known) };
  };
