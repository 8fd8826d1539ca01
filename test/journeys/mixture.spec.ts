import * as commands from '@rapport/domain/commands';
import { storyFrom } from '../support/story';

const customerId = 'c-1';
const RAISED = '2024-03-01T09:00:00.000Z';
const SOLVED = '2024-03-02T09:00:00.000Z';

const story = async () => {
  const told = await storyFrom(RAISED, { id: 'ann', role: 'SERVICE_SPECIALIST' });
  const { plan, rows } = told.application;
  return {
    ...told,
    find: async (question: string, where: readonly (readonly [string, '=', string])[]) => {
      const table = plan.readModels.find((each) => each.question === question)!.table;
      const orderBy = { column: question === 'customer-timeline' ? 'place' : 'raisedAt' };
      return rows.find(table, { where, orderBy, limit: 100 });
    },
  };
};

describe('a mixture of a question and a complaint', () => {
  let told: Awaited<ReturnType<typeof story>>;
  beforeAll(async () => void (told = await story()));
  afterAll(() => told.application.stop());
  const sentences = async (kind: string) =>
    (await told.find('customer-timeline', [['customerId', '=', customerId]]))
      .filter((line) => line['kind'] === kind)
      .map(({ text }) => text);
  const intake = { customerId, urgency: 'ROUTINE', channel: 'PHONE', collectorId: 'ann', raisedAt: RAISED };

  it('is split into linked tickets; the part that complains is numbered, lodged and graded like any other', async () => {
    const acme = { customerId, name: 'Acme', industry: 'Retail', source: 'ONLINE_QUESTIONNAIRE' };
    await told.send(commands.RegisterCustomer, acme);
    const mixture = { ticketId: 't-1', type: 'SERVICE', verbatim: 'how do I export? my data leaks!' };
    await told.send(commands.RegisterTicket, { ...intake, ...mixture });
    const complaint = { causes: ['PRODUCT_FAULT'], emotion: 'ANGRY', text: 'my data leaks!', dataLeak: true };
    const said = { verbatim: 'my data leaks!', distilled: 'seems to leak data', distilledOverride: true };
    const part = { ticketId: 't-2', type: 'COMPLAINT', urgency: 'URGENT', complaint, ...said };
    await told.send(commands.SplitTicket, { ticketId: 't-1', parts: [part], collectorId: 'ann' });

    const queue = await told.find('ticket-queue', [['customerId', '=', customerId]]);
    expect(queue.map(({ key, type, number, complaintLevel }) => [key, type, number, complaintLevel])).toEqual(
      expect.arrayContaining([
        ['t-1', 'SERVICE', '需-2024-001', null],
        ['t-2', 'COMPLAINT', '需-2024-002', 'MAJOR'],
      ]),
    );
  });

  it('whose solution nobody answers is asked about after three days and after seven', async () => {
    await told.at(SOLVED);
    await told.send(commands.DeliverSolution, { ticketId: 't-1', solution: 'a guide', deliveredAt: SOLVED });
    await told.at('2024-03-05T08:59:59.999Z');
    expect(await sentences('ClosureReminderDue')).toEqual([]);
    await told.at('2024-03-05T09:00:00.000Z');
    expect(await sentences('ClosureReminderDue')).toEqual([
      'Ticket t-1: no word on the solution after 3 days',
    ]);
    await told.at('2024-03-16T09:00:00.000Z');
    expect(await sentences('ClosureReminderDue')).toHaveLength(2);
  });

  it('is closed without a word, archived, and comes back as a new ticket only', async () => {
    await told.send(commands.CloseUnconfirmed, { ticketId: 't-1' }, 'SUPERVISOR');
    await told.send(commands.ArchiveTicket, { ticketId: 't-1' });
    await expect(
      told.send(commands.ReopenTicket, { ticketId: 't-1', reason: 'again' }),
    ).rejects.toMatchObject({
      code: 'TICKET_ARCHIVED',
    });
    const again = { ...intake, ticketId: 't-3', verbatim: 'how again?', recurrenceOf: 't-1' };
    await told.send(commands.RegisterTicket, again);
    expect(await sentences('TicketArchived')).toEqual(['Ticket t-1 archived, unconfirmed']);
    const queue = await told.find('ticket-queue', [['customerId', '=', customerId]]);
    expect(queue.map(({ key }) => key).sort()).toEqual(['t-2', 't-3']);
  });
});
