import { Command, Option } from 'commander';
import { assertValid } from '@rapport/kernel';
import { Answering, fromText, planned, ticketIdIn, type Application } from '@rapport/platform';
import type { Session } from '../session';

/** Answers that explain themselves. */
export const explainCommand = (session: Session): Command =>
  new Command('explain')
    .description('Say why something is as it is, also beside a running server')
    .addCommand(deadlineCommand(session));

interface Asked {
  readonly moment?: string;
}
/** Of the answer, what people read. */
interface Explained {
  readonly clocks: readonly { readonly explanation: readonly string[] }[];
}

const deadlineCommand = (session: Session): Command =>
  new Command('deadline')
    .description('Why each deadline of a ticket is where it is: rule, calendar, counted and skipped time')
    .argument('<ticket>', 'its number, such as REQ-2024-001, or its id')
    .addOption(new Option('--moment <moment>', 'only the clocks of this moment, such as PLAN'))
    .addHelpText('after', help)
    .action(async (no: string, asked: Asked) => {
      const waitMsMax = session.settings.RAPPORT_WAIT_MS_MAX;
      const found = await session.reading(async (application: Application) => {
        const ticketId = await ticketIdIn(application.store, no);
        const { moment } = asked;
        const params = fromText(question().params, { ticketId, ...(moment !== undefined && { moment }) });
        assertValid(params);
        return new Answering(application, waitMsMax).report(question(), params, {});
      });
      session.answer(found, ({ data }) => told(data as Explained));
    });

const question = () => {
  const found = planned.questions.find(({ name }) => name === 'deadlines');
  if (!found) throw new Error('the report on deadlines is missing from the product');
  return found;
};
const told = ({ clocks }: Explained): string =>
  clocks.length === 0
    ? 'no clock has started for this ticket, or not for that moment'
    : clocks.map(({ explanation }) => explanation.join('\n')).join('\n\n');

const help = `
Examples:
  rapport explain deadline 需-2024-001
  rapport explain deadline REQ-2024-001 --moment PLAN --json`;
