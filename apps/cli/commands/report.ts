import { Command, Option } from 'commander';
import { assertValid, fieldsOf, type Question } from '@rapport/kernel';
import { fromText, planned, schemaOf, type Application } from '@rapport/platform';
import { freshnessOf } from '../freshness';
import type { Session } from '../session';
import { pretty } from '../tables';

/** Every question of the product by name, its parameters as options. */
export const reportCommand = (session: Session): Command => {
  const report = new Command('report').description(
    'Answer a question from the read models, also beside a running server',
  );
  for (const question of planned.questions) report.addCommand(questionCommand(question, session));
  return report.addHelpText('after', help);
};

const questionCommand = (question: Question, session: Session): Command => {
  const command = new Command(question.name).description(question.about);
  for (const { name } of fieldsOf(question.params)) command.addOption(optionFor(question, name));
  return command.action(async (options: Readonly<Record<string, unknown>>) => {
    const texts = fieldsOf(question.params).flatMap(({ name }) =>
      options[name] === undefined ? [] : [[name, options[name]] as const],
    );
    const params = fromText(question.params, Object.fromEntries(texts));
    assertValid(params);
    session.answer(await session.reading((application) => answered(application, question, params)), told);
  });
};

const answered = async (application: Application, question: Question, params: object) => {
  const fresh = await freshnessOf(application, question.reads);
  const data = await question.answer(params, { rows: application.rows, now: application.now() });
  const models = question.reads.map(({ name }) => name);
  return { data, meta: { ...fresh, report: question.name, models } };
};

const told = ({ data, meta }: Awaited<ReturnType<typeof answered>>): string =>
  `${pretty(data)}\n\nposition ${meta.position}, ${meta.lag.events} events behind, from ${meta.models.join(', ')}`;

/** `asOf` → `--as-of <text>` */
const optionFor = (question: Question, name: string): Option => {
  const { type, format, description } = schemaOf(question.params).properties?.[name] ?? {};
  const kind = format === 'date-time' ? 'instant' : type === 'string' ? 'text' : (type ?? 'value');
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Option(`--${flag} <${kind}>`, typeof description === 'string' ? description : '');
};

const help = (): string => `
Examples:
  rapport report timeliness --backlog-months 2016-02,2016-03 --json
  rapport report backlog --as-of 2016-04-01T00:00:00Z`;
