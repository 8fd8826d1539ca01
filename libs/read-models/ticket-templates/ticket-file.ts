import type * as events from '@rapport/domain/events';
import { DEFAULT_ZONE } from '@rapport/domain/values';
import type { DataOf } from '@rapport/kernel';

type Events = typeof events;
/** An event as its reader may see it: what names a person may be sealed or erased. */
export interface Happened {
  readonly type: string;
  readonly data: object;
}

/** All material of one ticket, as far as the templates show it (section 4). */
export interface TicketFile {
  readonly ticketNumber: string;
  readonly customerName: string;
  readonly contactName: string;
  /** The zone in which its times are shown: the customer's. */
  readonly zone: string;
  /** As it was taken in, with all that was set right since. */
  readonly intake: DataOf<Events['TicketRegistered']>;
  readonly priority?: number;
  /** The version that holds; absent: not analysed. */
  readonly assessment?: DataOf<Events['TicketAnalysed']>;
  /** The version that holds; absent: none was settled. */
  readonly strategy?: DataOf<Events['CommunicationStrategySet']>;
  readonly steps: readonly DataOf<Events['ExecutionStepRecorded']>[];
}
type Folded = Pick<TicketFile, 'intake' | 'priority' | 'assessment' | 'strategy' | 'steps'>;
type Fold = { readonly [T in keyof Events]?: (file: Folded, data: DataOf<Events[T]>) => Partial<Folded> };

const fold: Fold = {
  TicketDetailsAmended: ({ intake }, { ticketId: _, customerId: __, type, priority: ___, ...amended }) => ({
    intake: { ...intake, ...amended, ...(type !== undefined && { type }) },
  }),
  TicketAttachmentAdded: ({ intake }, { attachment }) => ({
    intake: { ...intake, attachments: [...(intake.attachments ?? []), attachment] },
  }),
  TicketClassified: ({ intake }, { to: type, isEnquiry }) => ({ intake: { ...intake, type, isEnquiry } }),
  TicketUrgencyChanged: ({ intake }, { urgency, priority }) => ({
    intake: { ...intake, urgency },
    ...(priority !== undefined && { priority }),
  }),
  TicketAnalysed: (_, assessment) => ({ assessment }),
  TicketAnalysisRevised: (_, assessment) => ({ assessment }),
  TicketPrioritised: (_, { level: priority }) => ({ priority }),
  TicketPriorityOverridden: (_, { level: priority }) => ({ priority }),
  CommunicationStrategySet: (_, strategy) => ({ strategy }),
  CommunicationStrategyRevised: (_, strategy) => ({ strategy }),
  ExecutionStepRecorded: ({ steps }, step) => ({ steps: [...steps, step] }),
};

/** The file of a ticket out of its own history and the one of its customer; null: such a ticket was never registered. */
export const ticketFileOf = (
  ticket: readonly Happened[],
  customer: readonly Happened[],
  ticketNumber: string,
): TicketFile | null => {
  const registered = ticket.find(({ type }) => type === 'TicketRegistered');
  if (!registered) return null;
  const intake = registered.data as TicketFile['intake'];
  const { priority } = intake;
  const begun: Folded = { intake, steps: [], ...(priority !== undefined && { priority }) };
  const file = ticket.reduce<Folded>((before, { type, data }) => {
    const move = fold[type as keyof Fold] as ((file: Folded, data: object) => Partial<Folded>) | undefined;
    return move ? { ...before, ...move(before, data) } : before;
  }, begun);
  return { ...file, ticketNumber, ...knownOf(customer, file.intake.contactId) };
};

/** What the customer and the contact are called, and by which clock they live. */
const knownOf = (customer: readonly Happened[], contactId: string | undefined) => {
  const all = <T extends keyof Events>(wanted: T) =>
    customer.filter(({ type }) => type === wanted).map(({ data }) => data as DataOf<Events[T]>);
  const registered = all('CustomerRegistered').at(-1);
  const zone = all('CustomerProfileUpdated').findLast(({ field }) => field === 'ZONE')?.to;
  const named = [...all('ContactAdded'), ...all('ContactUpdated')];
  const contact = named.findLast((one) => one.contactId === contactId && one.name !== undefined);
  return {
    customerName: registered?.name ?? '',
    contactName: maskedName(contact?.name ?? ''),
    zone: zone ?? registered?.zone ?? DEFAULT_ZONE,
  };
};

/** A name as the templates show it: 王总 → *总, Ann Lee → A* L*. What is sealed or erased says so itself. */
export const maskedName = (name: string): string => {
  if (name === '' || /^\(\w+\)$/.test(name)) return name;
  if (/\p{Script=Han}/u.test(name)) return `*${[...name].slice(1).join('')}`;
  return name
    .split(/\s+/)
    .map((word) => `${[...word][0] ?? ''}*`)
    .join(' ');
};
