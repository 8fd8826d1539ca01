import {
  CloseUnconfirmed,
  DeliverSolution,
  RecordExecutionStep,
  RecordFirstResponse,
  RegisterTicket,
  ReopenTicket,
  ResumeTicket,
  StartSecondCommunication,
  WaitForCustomer,
} from '@rapport/domain/commands';
import { idText, laterOf, noDate, utc } from './fields';
import { anImport, broken, groupedBy, type Notes, type Wanted } from './import';
import { registered } from './imported-customer';

interface HelpdeskEvent {
  readonly caseId: string;
  readonly activity: string;
  readonly resource: string;
  readonly at: string;
}
/** A case as its events so far leave it. */
interface Case {
  readonly ticketId: string;
  at: string;
  responded: boolean;
  waiting: boolean;
  /** When the solution was delivered that it stands on. */
  solvedAt: string | null;
  closed: boolean;
}

/** The event log of an Italian help desk. */
export const helpdesk = anImport<HelpdeskEvent>({
  dataset: 'helpdesk',
  about:
    'Event log of a help desk: tickets helpdesk-<case>. The log names no customers, so each case gets one of its own (helpdesk-customer-<case>): nothing is added up that does not belong together',
  columns: [
    ...['concept:name', 'lifecycle:transition', 'org:resource', 'time:timestamp', 'Activity', 'Resource'],
    'case:concept:name',
  ],
  read: ([, , , time = '', activity = '', resource = '', caseId = '']) => ({
    caseId: idText('case:concept:name', caseId),
    activity: /^[\w ]{1,60}$/.test(activity) ? activity : broken(`Activity is no name: "${activity}"`),
    resource: idText('Resource', resource.trim().replaceAll(' ', '-')),
    at: instantIn(time),
  }),
  plan: (lines, notes) => {
    const cases = groupedBy(
      lines.map(({ record }) => record),
      ({ caseId }) => caseId,
    );
    return [...cases.values()].flatMap((events) => caseOf(events, notes));
  },
});

/** 2010-01-13 08:40:25+00:00 */
const DATE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\+00:00|Z)$/;
const instantIn = (text: string): string => {
  const [, ...parts] = (DATE.exec(text) ?? broken(noDate('time:timestamp', text))).map(Number);
  return utc('time:timestamp', text, parts);
};
const agent = (resource: string): string => `helpdesk-agent-${resource}`;

const caseOf = (events: readonly HelpdeskEvent[], notes: Notes): readonly Wanted[] => {
  const [first] = events;
  if (!first) return [];
  const { caseId, at, resource } = first;
  const ticketId = `helpdesk-${caseId}`;
  const customer = { customerId: `helpdesk-customer-${caseId}`, name: `Customer of ${caseId}` };
  const intake = { ticketId, customerId: customer.customerId, collectorId: agent(resource), raisedAt: at };
  const words = {
    type: 'SERVICE',
    urgency: 'ROUTINE',
    channel: 'TICKET_SYSTEM',
    verbatim: `Help desk ${caseId}`,
  } as const;
  const opening = { at, lane: caseId, seed: `${ticketId}/opened`, actorId: agent(resource) };
  const story: Case = { ticketId, at, responded: false, waiting: false, solvedAt: null, closed: false };
  return [
    registered({ ...customer, industry: 'HELP_DESK', zone: 'UTC' }, at, caseId),
    { ...opening, command: RegisterTicket.of({ ...intake, ...words }) },
    ...events.flatMap((event, n) => eventOf(story, event, n, notes)),
  ];
};

const eventOf = (story: Case, event: HelpdeskEvent, n: number, notes: Notes): readonly Wanted[] => {
  story.at = laterOf(event.at, story.at);
  const commands = (ACTIVITIES[event.activity] ?? note)(story, event, notes);
  const wanted = { at: story.at, lane: event.caseId, actorId: agent(event.resource) };
  return commands.map((command, k) => ({ ...wanted, command, seed: `${story.ticketId}/${n + 1}/${k + 1}` }));
};

type Activity = (story: Case, event: HelpdeskEvent, notes: Notes) => readonly object[];

/** Work on a case that had been solved or closed takes it up again. */
const takenUpAgain = (story: Case, { activity }: HelpdeskEvent): readonly object[] => {
  if (story.solvedAt === null && !story.closed) return [];
  Object.assign(story, { solvedAt: null, closed: false, waiting: false });
  return [ReopenTicket.of({ ticketId: story.ticketId, reason: `${activity} after it had been solved` })];
};
const goesOn = (story: Case): readonly object[] => {
  if (!story.waiting) return [];
  story.waiting = false;
  return [ResumeTicket.of({ ticketId: story.ticketId })];
};

const takeInCharge: Activity = (story, event) => {
  const { ticketId, at: respondedAt } = story;
  const before = [...takenUpAgain(story, event), ...goesOn(story)];
  if (story.responded) return [...before, step(story, event)];
  story.responded = true;
  const response = {
    ticketId,
    respondedAt,
    direction: 'Taken in charge',
    responderId: agent(event.resource),
  };
  return [...before, RecordFirstResponse.of(response)];
};
const assess: Activity = (story, event) => [
  ...takenUpAgain(story, event),
  ...goesOn(story),
  step(story, event),
];
/** The log does not say for whom it waits: taken as a wait for the customer. */
const wait: Activity = (story, event, notes) => {
  const again = takenUpAgain(story, event);
  if (story.waiting) notes.skip('Wait while it is waiting already');
  if (story.waiting) return again;
  story.waiting = true;
  return [
    ...again,
    WaitForCustomer.of({ ticketId: story.ticketId, question: 'Wait (the log does not say for what)' }),
  ];
};
/** Anything else is a line of the tracking table; on a closed case it says nothing that could still be recorded. */
const note: Activity = (story, event, notes) => {
  if (story.closed) notes.skip(`${event.activity} after Closed: not taken as work`);
  return story.closed ? [] : [...goesOn(story), step(story, event)];
};
const resolve: Activity = (story, event, notes) => {
  const { ticketId, at: deliveredAt } = story;
  if (story.closed) notes.skip('Resolve ticket after Closed');
  if (story.closed) return [];
  const again =
    story.solvedAt === deliveredAt && !story.waiting ? [StartSecondCommunication.of({ ticketId })] : [];
  Object.assign(story, { solvedAt: deliveredAt, waiting: false });
  const solution = `${event.activity} by ${event.resource}`;
  return [...again, DeliverSolution.of({ ticketId, solution, deliveredAt })];
};
const close: Activity = (story, _, notes) => {
  if (story.closed) notes.skip('Closed while it is closed already');
  if (story.closed) return [];
  Object.assign(story, { closed: true, waiting: false });
  return [CloseUnconfirmed.of({ ticketId: story.ticketId })];
};
/** The case begins with it: its registration. */
const inserted: Activity = (_story, _event, notes) => {
  notes.skip('Insert ticket: the opening itself');
  return [];
};

const step = ({ ticketId, at }: Case, { activity, resource }: HelpdeskEvent): object =>
  RecordExecutionStep.of({
    ...{ ticketId, stage: activity, executedAt: at, executorId: agent(resource) },
    ...{ progress: activity, nextNode: 'Resolve ticket' },
  });

const ACTIVITIES: Readonly<Record<string, Activity>> = {
  'Insert ticket': inserted,
  'Assign seriousness': assess,
  'Take in charge ticket': takeInCharge,
  Wait: wait,
  'Resolve ticket': resolve,
  Closed: close,
};
