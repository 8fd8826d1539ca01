import { Argument, Command, Option } from 'commander';
import {
  tableText,
  TEMPLATE_FORMATS,
  TEMPLATE_LANGUAGES,
  TICKET_TEMPLATES,
  ticketFileIn,
  type Application,
  type TemplateFormat,
  type TemplateLanguage,
  type TicketFile,
} from '@rapport/platform';
import { NotThere } from '../exits';
import type { Session } from '../session';

export const exportCommand = (session: Session): Command =>
  new Command('export')
    .description('Write what people know from paper, also beside a running server')
    .addCommand(templateCommand(session));

interface How {
  readonly format: TemplateFormat;
  readonly lang: TemplateLanguage;
}

const templateCommand = (session: Session): Command =>
  new Command('template')
    .description('One of the four templates of the communication-strategy tool, filled with these tickets')
    .addArgument(new Argument('<n>', told()).choices(Object.keys(TICKET_TEMPLATES)))
    .argument('<tickets...>', 'numbers, such as REQ-2024-001, or ids')
    .addOption(new Option('--format <format>', 'how it is written').choices(TEMPLATE_FORMATS).default('csv'))
    .addOption(
      new Option('--lang <language>', 'of headings and codes').choices(TEMPLATE_LANGUAGES).default('zh'),
    )
    .addHelpText('after', help)
    .action(async (n: string, tickets: readonly string[], { format, lang }: How) => {
      const files = await session.reading((application) => filesOf(application, tickets));
      const table = TICKET_TEMPLATES[Number(n)]?.fill(files, lang);
      if (table) session.answer(table, (filled) => tableText(filled, format).trimEnd());
    });

const filesOf = async (
  { store }: Application,
  tickets: readonly string[],
): Promise<readonly TicketFile[]> => {
  const files: TicketFile[] = [];
  for (const no of tickets) {
    const file = await ticketFileIn(store, no, ({ data }) => data);
    if (!file) throw new NotThere(`there is no ticket ${no}`);
    files.push(file);
  }
  return files;
};

const told = (): string =>
  Object.entries(TICKET_TEMPLATES)
    .map(([n, { en }]) => `${n} ${en}`)
    .join(', ');

const help = `
Names are in clear, as far as their keys are there: whoever was forgotten reads (erased).

Examples:
  rapport export template 1 REQ-2024-001 REQ-2024-002 > needs.csv
  rapport export template 4 需-2024-001 --format md --lang en`;
