import * as commands from '@rapport/domain/commands';
import { storyFrom, type Story } from './story';

export const TOLD_FROM = '2024-03-01T09:00:00.000Z';
const yuan = { minor: 100_00, currency: 'CNY' };

/**
 * A customer with everything that others are told of: tickets that are escalated, solved, closed and taken up again, a
 * complaint through to its end, a broken promise, a loss and a win-back. `mark` stands in whatever names a person.
 */
export const toldStory = async (customerId: string, mark: string): Promise<Story> => {
  const told = await storyFrom(TOLD_FROM, { id: 'ann', role: 'SERVICE_SPECIALIST' });
  await everythingOf(told, customerId, mark);
  return told;
};

const everythingOf = async (told: Story, customerId: string, mark: string): Promise<void> => {
  const [one, two] = [`${customerId}-t1`, `${customerId}-t2`];
  const ticket = { customerId, urgency: 'URGENT', channel: 'PHONE', collectorId: 'ann', raisedAt: TOLD_FROM };
  const said = { verbatim: mark, expectedGoal: mark, background: mark, salutation: mark.slice(0, 20) };
  const acme = { name: mark, taxId: mark, industry: 'Retail', source: 'SALES_HANDOVER' };
  await told.send(commands.RegisterCustomer, { ...acme, customerId });
  await told.send(commands.RegisterTicket, { ...ticket, ...said, ticketId: one, type: 'SERVICE' });
  await told.send(commands.EscalateTicket, { ticketId: one, askedBy: 'CUSTOMER', reason: mark });
  await solve(told, one);
  await told.send(commands.CloseTicket, { ticketId: one });
  await told.send(commands.ReopenTicket, { ticketId: one, reason: 'again' });
  const complaint = { causes: ['PRODUCT_FAULT'], emotion: 'ANGRY', text: mark };
  await told.send(commands.RegisterTicket, {
    ...ticket,
    ...said,
    ticketId: two,
    type: 'COMPLAINT',
    complaint,
  });
  await told.send(commands.RaiseComplaintLevel, { ticketId: two, to: 'MAJOR', because: 'a journalist' });
  await solve(told, two);
  await told.send(commands.ResolveComplaint, { ticketId: two, confirmedCause: 'a worn part' });
  await promise(told, customerId, mark);
  await lossAndReturn(told, customerId);
};

const solve = async (told: Story, ticketId: string): Promise<void> => {
  await told.send(commands.DeliverSolution, { ticketId, solution: 'a new part', deliveredAt: TOLD_FROM });
  await told.send(commands.ConfirmSatisfied, { ticketId, evidence: 'call 7' });
};

const promise = async (told: Story, customerId: string, mark: string): Promise<void> => {
  const dueAt = '2024-03-02T09:00:00.000Z';
  const made = { commitmentId: `${customerId}-p`, customerId, kind: 'DELIVERY', text: mark, dueAt };
  await told.send(commands.MakeCommitment, { ...made, makerId: 'ann', channel: 'PHONE' });
  await told.until('2024-03-02T10:00:00.000Z');
};

const lossAndReturn = async (told: Story, customerId: string): Promise<void> => {
  await told.send(commands.FlagChurnRisk, { customerId, reason: 'says so' });
  await told.send(commands.RecordChurn, { customerId, reason: 'PRICE' });
  await told.until('2024-03-03T10:00:00.000Z');
  const purchaseId = `${customerId}-b`;
  await told.send(commands.RecordPurchase, { purchaseId, customerId, amount: yuan });
};
