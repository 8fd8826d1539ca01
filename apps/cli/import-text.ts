import type { ToldImport } from './commands/import';
import { shown } from './tables';

/** The report of an import, for people. */
export const importText = (told: ToldImport): string => {
  const { replayed, rejects, span } = told;
  return [
    `${told.dataset}: ${shown(told.rows)} lines read${span ? `, ${span[0]} to ${span[1]}` : ''}`,
    `  ${shown(replayed.created)} new, ${shown(replayed.repeated)} already there, of ${shown(replayed.commands)} commands`,
    ...listed('nothing to do', replayed.unchanged),
    ...refusals(told),
    ...listed('policies refused', told.policiesRefused),
    ...listed('lines that become no command', told.skipped),
    ...listed('found in the data', told.found),
    ...(rejects.file === null ? [] : [`  ${shown(rejects.lines)} broken lines set aside: ${rejects.file}`]),
    `  ${shown(replayed.windows)} windows, ${shown(replayed.timersFired)} timers fired, ${shown(replayed.timersLate)} found late`,
    `  ${shown(told.seconds)} s, ${shown(told.commandsPerSecond)} commands/s`,
    ...(replayed.complete ? [] : ['  stopped before its end: run it again to go on']),
  ].join('\n');
};

const listed = (what: string, counts: Readonly<Record<string, number>>): readonly string[] => {
  const entries = Object.entries(counts);
  return entries.length === 0
    ? []
    : [`  ${what}:`, ...entries.map(([name, n]) => `    ${shown(n).padStart(9)}  ${name}`)];
};

const refusals = ({ replayed }: ToldImport): readonly string[] =>
  replayed.refused.flatMap(({ command, code, times, examples }) => [
    `  refused: ${shown(times)} × ${command} ${code}`,
    ...examples.map((example) => `    ${example}`),
  ]);
