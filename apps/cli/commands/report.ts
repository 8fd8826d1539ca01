import { Command, Option } from 'commander';
import { assertValid, fieldsOf, type Class, type Question } from '@rapport/kernel';
import {
  Answering,
  assertReading,
  fromText,
  planned,
  READING_ABOUT,
  ReadingParams,
  schemaOf,
  type Application,
} from '@rapport/platform';
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

type Options = Readonly<Record<string, unknown>>;

const questionCommand = (question: Question, session: Session): Command => {
  const command = new Command(question.name).description(question.about);
  for (const { name } of fieldsOf(question.params)) command.addOption(optionFor(question.params, name));
  for (const [name, about] of Object.entries(READING_ABOUT))
    command.addOption(optionFor(ReadingParams, name, about));
  return command.action(async (options: Options) => {
    const params = paramsIn(question.params, options);
    const reading = paramsIn(ReadingParams, options);
    assertReading(reading);
    const waitMsMax = session.settings.RAPPORT_WAIT_MS_MAX;
    const answered = (application: Application) =>
      new Answering(application, waitMsMax).report(question, params, reading);
    session.answer(await session.reading(answered), told);
  });
};

const paramsIn = <T extends object>(messageClass: Class<T>, options: Options): T => {
  const texts = fieldsOf(messageClass).flatMap(({ name }) =>
    options[name] === undefined ? [] : [[name, options[name]] as const],
  );
  const params = fromText(messageClass, Object.fromEntries(texts));
  assertValid(params);
  return params;
};

const told = ({ data, meta }: Awaited<ReturnType<Answering['report']>>): string => {
  const { asOf, knownAt, lag } = meta;
  const moment = [
    ...(asOf === undefined ? [] : [`as of ${asOf}`]),
    ...(knownAt === undefined ? [] : [`as known at ${knownAt}`]),
    ...(meta.stale ? ['less than what was asked for'] : []),
  ];
  const rests = [`position ${meta.position}`, `${lag.events ?? '?'} events behind`, ...moment];
  return `${pretty(data)}\n\n${rests.join(', ')}, from ${meta.models.join(', ')}`;
};

/** `asOf` → `--as-of <instant>` */
const optionFor = (params: Class, name: string, about?: string): Option => {
  const { type, format, description } = schemaOf(params).properties?.[name] ?? {};
  const kind = format === 'date-time' ? 'instant' : type === 'string' ? 'text' : (type ?? 'value');
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Option(`--${flag} <${kind}>`, about ?? (typeof description === 'string' ? description : ''));
};

const help = (): string => `
Examples:
  rapport report timeliness --backlog-months 2016-02,2016-03 --json
  rapport report backlog --as-of 2016-04-01T00:00:00Z
  rapport report complaints --known-at 2026-02-01T00:00:00Z`;
