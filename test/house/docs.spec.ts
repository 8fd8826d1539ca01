import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf, versionOf, viewsOf, type Class } from '@rapport/kernel';
import * as commands from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import pino from 'pino';
import { serve, settingsFrom, START_EXIT, variablesTable } from '@rapport/platform';
import { readModels, rollups } from '@rapport/read-models';
import { hotel } from '../support/small-hotel';

/** The page is written from the source text; the program itself says here whether it is true. */
const page = readFileSync(join(__dirname, '../../docs/3-events.md'), 'utf8');

const sections = new Map(
  page.split(/^### /m).map((text) => [text.slice(0, text.search(/[\s(]/)), text] as [string, string]),
);
const sectionOf = (name: string): string => sections.get(name) ?? '';

const rowsOf = (name: string) =>
  [...sectionOf(name).matchAll(/^\| `(\w+)` \| `.*?` \| (.*) \|$/gm)].map(([, field, notes = '']) => ({
    ...{ name: field, optional: notes.includes('*optional*') },
    subject: /\*personal\* of `(\w+)`/.exec(notes)?.[1],
  }));
const fieldsDeclared = (messageClass: Class) =>
  fieldsOf(messageClass).map(({ name, optional, subject }) => ({
    name,
    optional: optional === true,
    subject,
  }));

const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
  String(a.name).localeCompare(String(b.name));

describe('docs/3-events.md (npm run docs)', () => {
  test.each(Object.entries<Class>({ ...events, ...commands }))(
    '%s stands there as the program has it',
    (name, of) => {
      expect(rowsOf(name).sort(byName)).toEqual(fieldsDeclared(of).sort(byName));
    },
  );

  test.each(Object.entries<Class>({ ...events }))('%s stands there with its version', (name, of) => {
    expect(sectionOf(name)).toMatch(new RegExp(`^${name} \\(v${versionOf(of)}\\)`));
  });

  test('nothing else stands there as an event or command', () => {
    const chapters = page.split(/^## /m).filter((text) => /^\w+: (events|commands)/.test(text));
    const named = chapters.flatMap((text) => [...text.matchAll(/^### (\w+)/gm)].map(([, name]) => name));
    expect(named.sort()).toEqual(Object.keys({ ...events, ...commands }).sort());
  });
});

describe('docs/7-read-models.md (npm run docs)', () => {
  const about = readFileSync(join(__dirname, '../../docs/7-read-models.md'), 'utf8');
  const { readModelsPage } = jest.requireActual<{ readonly readModelsPage: () => string }>(
    '../../scripts/read-models-page.cjs',
  );

  test('is what the read models say of themselves', () => expect(about).toBe(readModelsPage()));

  test.each(viewsOf(readModels, rollups).map((view) => [view.name, view] as const))(
    'names the view %s and every column of it',
    (name, { columns }) => {
      expect(about).toContain(`\`${name}\``);
      for (const column of columns) expect(about).toContain(`| \`${column.name}\` |`);
    },
  );

  test('leads nowhere that is not there', () => {
    const anchorsIn = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
    const known = new Set([
      ...anchorsIn(about).map((anchor) => `#${anchor}`),
      ...anchorsIn(page).map((anchor) => `3-events.md#${anchor}`),
    ]);
    const links = [...about.matchAll(/\]\(([^)]*#[^)]*)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((link) => !known.has(link))).toEqual([]);
  });
});

describe('docs/4-operate.md', () => {
  const operate = readFileSync(join(__dirname, '../../docs/4-operate.md'), 'utf8');

  test('names every setting with its default and its meaning, and no other', () => {
    const rows = [...operate.matchAll(/^\| `(RAPPORT_\w+)` +\| (.*?) +\| (.*?) *\|$/gm)].map(
      ([, name, fallback = '', about]) => [name, fallback.replaceAll(/[` ]/g, ''), about],
    );
    expect(rows).toEqual(variablesTable());
  });

  test('names every figure of a host, and no other', async () => {
    const settings = settingsFrom({ RAPPORT_PORT: '0' });
    const open = async () => hotel(() => '2024-03-01T09:00:00.000Z');
    const host = await serve('standalone', open, settings, pino({ level: 'silent' }));
    const text = await (await fetch(`${host.url}/metrics`)).text();
    await host.stop();
    const namesIn = (all: string, pattern: RegExp) =>
      [...all.matchAll(pattern)].map(([, name]) => name).sort();
    const told = namesIn(operate, /^\| `(rapport_\w+)` +\|/gm);
    expect(told).toEqual(namesIn(text, /^# HELP (rapport_\w+) /gm));
    expect(new Set(told).size).toBe(told.length);
  });

  test('names the exit codes of a host that does not start', () => {
    const { fault: _fault, ...codes } = START_EXIT;
    for (const code of Object.values(codes)) expect(operate).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
  });
});
