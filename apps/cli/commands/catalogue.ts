import { Command } from 'commander';
import { versionOf } from '@rapport/kernel';
import { planned } from '@rapport/platform';
import type { Session } from '../session';
import { INTERNAL, systemOf } from '../systems';
import { table } from '../tables';

export const catalogueCommand = (session: Session): Command =>
  new Command('catalogue')
    .description(
      'Everything that can be wanted, can happen and can be asked, with the system of the handbook it belongs to',
    )
    .addHelpText('after', '\nExample:\n  rapport catalogue --json')
    .action(() => session.answer(catalogue(), told));

const catalogue = () => ({
  commands: planned.aggregates.flatMap(({ name: aggregate, commands }) =>
    Object.keys(commands).map((command) => ({
      ...{ name: command, system: systemOf(command), aggregate, internal: INTERNAL.has(command) },
    })),
  ),
  events: planned.aggregates.flatMap(({ name: aggregate, events }) =>
    Object.entries(events).map(([event, messageClass]) => ({
      ...{ name: event, version: versionOf(messageClass), system: systemOf(event), aggregate },
      internal: INTERNAL.has(event),
    })),
  ),
  readModels: planned.readModels.map(({ question, version, about, past }) => ({
    ...{ name: question, version, system: systemOf(question), history: past !== null, about },
  })),
  questions: planned.questions.map(({ name, about }) => ({ name, system: systemOf(name), about })),
  policies: planned.policies.map(({ name, about }) => ({ name, about })),
});

const told = ({ commands, events, readModels, questions, policies }: ReturnType<typeof catalogue>): string =>
  [
    `${commands.length} commands`,
    table(
      ['command', 'system', 'aggregate', ''],
      commands.map((one) => [one.name, one.system, one.aggregate, internal(one)]),
    ),
    `\n${events.length} events`,
    table(
      ['event', 'version', 'system', 'aggregate', ''],
      events.map((one) => [one.name, one.version, one.system, one.aggregate, internal(one)]),
    ),
    `\n${readModels.length} read models`,
    table(
      ['read model', 'version', 'system', 'question'],
      readModels.map((one) => [one.name, one.version, one.system, one.about]),
    ),
    `\n${questions.length} reports`,
    table(
      ['report', 'system', 'question'],
      questions.map((one) => [one.name, one.system, one.about]),
    ),
    `\n${policies.length} policies`,
    table(
      ['policy', 'what it is there for'],
      policies.map((one) => [one.name, one.about]),
    ),
  ].join('\n');
const internal = (one: { readonly internal: boolean }): string => (one.internal ? 'internal' : '');
