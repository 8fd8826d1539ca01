import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { BREACHES_LISTED_MAX, SLA_MOMENTS, slaWhatIf, WrongFile, type SlaWhatIf } from '@rapport/platform';
import { EXIT, NotThere } from '../exits';
import { Progress } from '../progress';
import type { Session } from '../session';
import { table } from '../tables';

/** What other rules would have meant. Nothing is written. */
export const whatIfCommand = (session: Session): Command =>
  new Command('whatif')
    .description('Say what other rules would have meant for what happened; nothing is written')
    .addCommand(slaCommand(session));

interface Options {
  readonly policy?: string;
  readonly calendar?: string;
  readonly from: string;
  readonly to: string;
  readonly breaches: number;
  readonly moment?: string;
}
const BREACHES_SHOWN = 20;

const slaCommand = (session: Session): Command =>
  new Command('sla')
    .description(
      'Tell past tickets to the clocks of another SLA policy: what would have been kept and missed',
    )
    .option('--policy <file>', 'JSON, as PublishSlaPolicy takes it; without it: the policy that is built in')
    .option('--calendar <file>', 'JSON, as PublishWorkingCalendar takes it; without it: those that held')
    .requiredOption('--from <instant>', 'tickets that were raised then or later', instantIn)
    .requiredOption('--to <instant>', 'and before then', instantIn)
    .addOption(new Option('--moment <moment>', 'only the clocks of this moment').choices(SLA_MOMENTS))
    .option(
      '--breaches <n>',
      'list so many breaches, those that took longest first',
      listedIn,
      BREACHES_SHOWN,
    )
    .addHelpText('after', help)
    .action(async ({ breaches: listed, policy, calendar, ...span }: Options) => {
      const candidate = {
        ...(policy !== undefined && { policy: jsonIn(policy) }),
        ...(calendar !== undefined && { calendar: jsonIn(calendar) }),
      };
      const { terminal } = session;
      terminal.listen();
      const progress = new Progress(terminal, 'tickets');
      const asOf = new Date().toISOString();
      const found = await session.reading((application) =>
        slaWhatIf(
          application,
          { ...candidate, ...span, asOf, listed },
          { onProgress: (done, all) => progress.show(done, all), stopped: () => terminal.stopped() },
        ).finally(() => progress.end()),
      );
      session.answer(found, told);
      if (!found.complete) session.code = EXIT.interrupted;
    });

const told = ({ tickets, from, to, complete, next, ...found }: SlaWhatIf): string => {
  const { attainment, breaches, againstSource } = found;
  const rest = complete ? '' : `; stopped: go on with --from ${next ?? to}`;
  return [
    `${tickets.toLocaleString('en')} tickets raised from ${from} to ${to}${rest}`,
    '',
    table(
      ['month', 'priority', 'moment', 'started', 'met', 'late', 'missed', 'open', 'cancelled', 'attainment'],
      attainment.map((it) => [
        ...[it.month, it.priority === null ? 'none' : String(it.priority), it.moment, it.started, it.met],
        ...[it.metLate, it.missed, it.open, it.cancelled, percent(it.attainment)],
      ]),
    ),
    '',
    `${breaches.count.toLocaleString('en')} deadlines would have been missed${breaches.count > 0 ? '; the longest:' : ''}`,
    ...(breaches.longest.length === 0 ? [] : [longest(breaches.longest)]),
    '',
    againstSource.length === 0
      ? 'no ticket carries a verdict of the system it came from'
      : table(
          ['source said', 'policy says', 'tickets', 'such as'],
          againstSource.map((it) => [it.source, it.policy, it.tickets, it.examples.join(', ')]),
        ),
  ].join('\n');
};
const longest = (some: SlaWhatIf['breaches']['longest']): string =>
  table(
    ['ticket', 'moment', 'rule', 'due', 'reached', 'hours late'],
    some.map((it) => [
      ...[it.ticketId, it.moment, it.rule, it.dueAt, it.reachedAt ?? 'not yet'],
      Math.round(it.overdueMs / 360_000) / 10,
    ]),
  );
const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

const jsonIn = (file: string): object => {
  const text = textIn(file);
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found;
  } catch (error) {
    throw new WrongFile(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new WrongFile(`${file} holds no JSON object with the fields of a policy or a calendar`);
};
const textIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new NotThere(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const instantIn = (text: string): string => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('give a day or an instant, such as 2024-03-01.');
  return new Date(time).toISOString();
};
const listedIn = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > BREACHES_LISTED_MAX)
    throw new InvalidArgumentError(`give a whole number from 0 to ${BREACHES_LISTED_MAX}.`);
  return Number(text);
};

const help = `
The clocks are the product's own: the same rules, calendars, pauses and rounds, on what happened. Tickets of an import
are taken as if they had been raised here. A ticket is looked at as far as it had come until now.

Examples:
  rapport whatif sla --from 2016-03-01 --to 2016-04-01
  rapport whatif sla --policy stricter.json --from 2016-01-01 --to 2017-01-01 --breaches 100 --json

A policy that satisfies is published with POST /commands/PublishSlaPolicy and the same file.`;
