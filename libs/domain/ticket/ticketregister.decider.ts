import type { Aggregate } from '@rapport/kernel';
import * as commands from './ticketregister.commands';
import * as events from './ticketregister.events';

/** Numbers by ticket, in parts of falling size: another number copies only the small parts, not a year's tickets. */
type Numbered = readonly ReadonlyMap<string, string>[];
export interface TicketRegister {
  readonly last: number;
  readonly numbered: Numbered;
}

/** One stream a year: its last sequence is the counter, its exact-revision append is the lock. */
export const ticketRegister: Aggregate<TicketRegister, typeof events, typeof commands> = {
  name: 'ticketregister',
  id: 'year',
  events,
  commands,
  initial: { last: 0, numbered: [] },
  evolve: {
    TicketNumbered: ({ numbered }, { ticketId, ticketNumber, sequence }) => ({
      last: sequence,
      numbered: including(numbered, new Map([[ticketId, ticketNumber]])),
    }),
  },
  decide: {
    NumberTicket: (register, command) => {
      if (numberOf(register, command.ticketId)) return [];
      const sequence = register.last + 1;
      const ticketNumber = ticketNumberOf(command.year, sequence);
      return [events.TicketNumbered.of({ ...command, sequence, ticketNumber })];
    },
  },
};

/** 需-2024-001; three digits grow to four beyond 999. */
export const ticketNumberOf = (year: string, sequence: number): string =>
  `需-${year}-${String(sequence).padStart(3, '0')}`;

/** The number a ticket has in this year's register. */
export const numberOf = ({ numbered }: TicketRegister, ticketId: string): string | undefined =>
  numbered.find((part) => part.has(ticketId))?.get(ticketId);

const including = (parts: Numbered, added: ReadonlyMap<string, string>): Numbered => {
  const smallest = parts.at(-1);
  return smallest && smallest.size <= added.size
    ? including(parts.slice(0, -1), new Map([...smallest, ...added]))
    : [...parts, added];
};
