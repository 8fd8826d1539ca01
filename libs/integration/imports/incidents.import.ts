import { RegisterTicket } from '@rapport/domain/commands';
import type { Channel, Urgency } from '@rapport/domain/values';
import { idText, laterOf, noDate, UNKNOWN, utc, wholeNumber, wordOf } from './fields';
import { anImport, broken, groupedBy, type Line, type Notes, type Wanted } from './import';
import { registered } from './imported-customer';
import { changesOf } from './incidents.changes';

const COLUMNS = [
  ...[
    'number',
    'incident_state',
    'active',
    'reassignment_count',
    'reopen_count',
    'sys_mod_count',
    'made_sla',
  ],
  ...['caller_id', 'opened_by', 'opened_at', 'sys_created_by', 'sys_created_at', 'sys_updated_by'],
  ...[
    'sys_updated_at',
    'contact_type',
    'location',
    'category',
    'subcategory',
    'u_symptom',
    'cmdb_ci',
    'impact',
  ],
  ...[
    'urgency',
    'priority',
    'assignment_group',
    'assigned_to',
    'knowledge',
    'u_priority_confirmation',
    'notify',
  ],
  ...['problem_id', 'rfc', 'vendor', 'caused_by', 'closed_code', 'resolved_by', 'resolved_at', 'closed_at'],
];
const AT = Object.fromEntries(COLUMNS.map((name, n) => [name, n]));

const STATES = {
  New: 'New',
  Active: 'Active',
  Resolved: 'Resolved',
  Closed: 'Closed',
  'Awaiting User Info': 'Awaiting User Info',
  'Awaiting Vendor': 'Awaiting Vendor',
  'Awaiting Problem': 'Awaiting Problem',
  'Awaiting Evidence': 'Awaiting Evidence',
} as const;
const CHANNELS: Readonly<Record<string, Channel>> = {
  Phone: 'PHONE',
  IVR: 'PHONE',
  Email: 'EMAIL',
  'Self service': 'TICKET_SYSTEM',
  'Direct opening': 'TICKET_SYSTEM',
  [UNKNOWN]: 'TICKET_SYSTEM',
};
const URGENCIES: Readonly<Record<string, Urgency>> = { 1: 'URGENT', 2: 'IMPORTANT', 3: 'ROUTINE' };
const VERDICTS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** One change of an incident, as far as it says something at the time of the change. */
export interface IncidentRow {
  readonly number: string;
  readonly state: keyof typeof STATES;
  readonly reassignments: number;
  readonly reopens: number;
  readonly madeSla: boolean;
  readonly caller: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly updatedBy: string;
  readonly updatedAt: string;
  readonly channel: Channel;
  /** Category, subcategory and symptom: all the words there are. */
  readonly subject: string;
  readonly urgency: Urgency;
  readonly priority: number;
  readonly group: string;
  readonly assignee: string;
  /** Stands on every row of a ticket, also on those before its closing: true on the closing row only. */
  readonly closedAt: string | null;
}

/** The changes of the incidents of an IT service desk. `resolved_at` and `closed_code` stand on a ticket's first row already and are not read. */
export const incidents = anImport<IncidentRow>({
  dataset: 'incidents',
  about:
    'ServiceNow incident changes: tickets INC<number>, customers incidents-caller-<id> (an unknown caller is incidents-caller-unknown)',
  columns: COLUMNS,
  read: (fields) => {
    const at = (column: string): string => fields[AT[column] ?? -1] ?? '';
    const state = wordOf('incident_state', STATES, at('incident_state'));
    const dated = (column: string): string => instantIn(column, at(column));
    return {
      ...{ number: idText('number', at('number')), state },
      reassignments: wholeNumber('reassignment_count', at('reassignment_count')),
      reopens: wholeNumber('reopen_count', at('reopen_count')),
      madeSla: wordOf('made_sla', VERDICTS, at('made_sla')),
      ...{ caller: party('caller_id', at('caller_id')), openedBy: party('opened_by', at('opened_by')) },
      ...{ openedAt: dated('opened_at'), updatedAt: dated('sys_updated_at') },
      updatedBy: party('sys_updated_by', at('sys_updated_by')),
      channel: wordOf('contact_type', CHANNELS, at('contact_type')),
      subject: `category ${at('category')}, subcategory ${at('subcategory')}, symptom ${at('u_symptom')}`,
      urgency: wordOf('urgency', URGENCIES, at('urgency')),
      priority: priorityIn(at('priority')),
      ...{
        group: party('assignment_group', at('assignment_group')),
        assignee: party('assigned_to', at('assigned_to')),
      },
      closedAt: state === 'Closed' && at('closed_at') !== UNKNOWN ? dated('closed_at') : null,
    };
  },
  plan: (lines, notes) => {
    const tickets = groupedBy(lines, ({ record }) => record.number);
    const since = firstSeen(tickets);
    const customers = [...since].map(([caller, at]) => registered(customerOf(caller), at, laneOf(caller)));
    return [...customers, ...[...tickets.values()].flatMap((rows) => ticketOf(rows, notes))];
  },
});

/** 29/2/2016 01:16, taken as UTC. */
const DAY_MONTH_YEAR = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)$/;
const instantIn = (column: string, text: string): string => {
  const [, day, month, ...rest] = (DAY_MONTH_YEAR.exec(text) ?? broken(noDate(column, text))).map(Number);
  const [year = 0, hour = 0, minute = 0] = rest;
  return utc(column, text, [year, month ?? 0, day ?? 0, hour, minute]);
};
const party = (column: string, text: string): string => (text === UNKNOWN ? 'unknown' : idText(column, text));
const priorityIn = (text: string): number => {
  const priority = wholeNumber('priority', text);
  return priority >= 1 && priority <= 4 ? priority : broken(`priority is not between 1 and 4: "${text}"`);
};

const customerOf = (caller: string) => ({
  customerId: `incidents-caller-${caller}`,
  name: `Caller ${caller}`,
  ...{ industry: 'IT_SERVICE_DESK', zone: 'UTC' },
});
/** A customer and all their tickets: what is folded per customer then comes in the order of time. */
const laneOf = (caller: string): string => `caller-${caller}`;

/** A caller is known since the earliest opening of the tickets they opened. */
const firstSeen = (
  tickets: ReadonlyMap<string, readonly Line<IncidentRow>[]>,
): ReadonlyMap<string, string> => {
  const since = new Map<string, string>();
  for (const [first] of tickets.values()) {
    if (!first) continue;
    const { caller, openedAt } = first.record;
    const known = since.get(caller);
    if (known === undefined || openedAt < known) since.set(caller, openedAt);
  }
  return since;
};

/** The opening is not a row of its own: it is what the first row says of it. */
const ticketOf = (rows: readonly Line<IncidentRow>[], notes: Notes): readonly Wanted[] => {
  const [first] = rows;
  if (!first) return [];
  const { number, caller, openedAt, openedBy, channel, subject, urgency, priority } = first.record;
  const ticketId = `INC${number}`;
  const { customerId } = customerOf(caller);
  const lane = laneOf(caller);
  const collectorId = `incidents-agent-${openedBy}`;
  const intake = { ticketId, customerId, urgency, priority, channel, collectorId, raisedAt: openedAt };
  const verbatim = `Incident ${number}: ${subject}`;
  const opening: Wanted = {
    ...{ at: openedAt, lane, seed: `${ticketId}/opened`, actorId: collectorId },
    command: RegisterTicket.of({ ...intake, type: 'SERVICE', verbatim }),
  };
  const records = rows.map(({ record }) => record);
  noteWhatStays(records, notes);
  return [opening, ...changesOf({ ticketId, lane, openedAt }, records, notes)];
};

const noteWhatStays = (rows: readonly IncidentRow[], notes: Notes): void => {
  const [first] = rows;
  if (rows.some(({ caller }) => caller !== first?.caller))
    notes.find('tickets whose caller became another one later: they stay with their first caller');
  if (first?.caller === 'unknown')
    notes.find('tickets of incidents-caller-unknown: their first row names no caller');
  if (first && rows.some(({ updatedAt }) => laterOf(updatedAt, first.openedAt) !== updatedAt))
    notes.find('tickets with rows before opened_at: those rows count from opened_at on');
};
