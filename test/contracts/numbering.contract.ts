import { randomUUID } from 'node:crypto';
import { MemoryKeyRing } from '@rapport/adapters/memory';
import { aggregates } from '@rapport/domain';
import { NumberTicket } from '@rapport/domain/commands';
import {
  CommandProcessor,
  Contended,
  EventStore,
  idFrom,
  kernelEvents,
  streamOf,
  type EventLog,
  type RecordedEvent,
} from '@rapport/kernel';
import type { LogUnderTest, MakeLog } from './logs';

const register = aggregates.find(({ name }) => name === 'ticketregister')!;
/** As many processes as number tickets of one year side by side, and tickets that each of them has at once. */
const PROCESSES = 3;
const TICKETS_EACH = 40;
/** So often a command is sent again that others were faster than. */
const TRIES_MAX = 200;

/** What the register of ticket numbers promises on every event log: unique and without gaps, however many are at it (SYS-12.2). */
export const numberingContract = (name: string, make: MakeLog): void => {
  describe(`ticket numbers: ${name}`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    beforeAll(async () => {
      under = await make();
      ({ log } = under);
    });
    afterAll(() => under.close());

    /** A year of this run alone: the log may hold anything before. */
    const year = `y${randomUUID().slice(0, 8)}`;
    const storeOf = () => new EventStore(log, new MemoryKeyRing(), [kernelEvents, register.events]);
    const stored = (): Promise<readonly RecordedEvent[]> =>
      storeOf().read(streamOf(register, NumberTicket.of({ year, ticketId: 'any', customerId: 'c-1' })));
    const numbers = async () => (await stored()).map(({ data }) => (data as { sequence: number }).sequence);
    const oneTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

    /** One process: it knows of the others only by the log. */
    const numbering = (tickets: readonly string[]): Promise<unknown> => {
      const processor = new CommandProcessor(storeOf());
      const send = async (ticketId: string) => {
        const command = NumberTicket.of({ year, ticketId, customerId: 'c-1' });
        const commandId = idFrom(`${year}/${ticketId}`);
        const actor = { id: 'numbers', role: 'POLICY' };
        const how = { commandId, correlationId: commandId, actor, source: 'SPEC' };
        for (let tries = 1; ; tries++)
          try {
            return await processor.execute(register, command, { ...how, now: '2024-03-01T09:00:00.000Z' });
          } catch (error) {
            if (!(error instanceof Contended) || tries === TRIES_MAX) throw error;
          }
      };
      return Promise.all(tickets.map(send));
    };
    const ticketsOf = (process: number) => oneTo(TICKETS_EACH).map((n) => `t-${process}-${n}`);

    it('are unique and without gaps when several processes number side by side', async () => {
      await Promise.all(oneTo(PROCESSES).map((process) => numbering(ticketsOf(process))));
      expect(await numbers()).toEqual(oneTo(PROCESSES * TICKETS_EACH));
      const events = await stored();
      expect(new Set(events.map(({ data }) => (data as { ticketId: string }).ticketId)).size).toBe(
        PROCESSES * TICKETS_EACH,
      );
    });
    it('stay so when all of it is sent once more, and more is added', async () => {
      const again = oneTo(PROCESSES + 1).map((process) => numbering(ticketsOf(process)));
      await Promise.all(again);
      expect(await numbers()).toEqual(oneTo((PROCESSES + 1) * TICKETS_EACH));
    });
  });
};
