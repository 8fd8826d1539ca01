import type { TemplateTable } from './templates';

/** The ways a filled template is written. */
export const TEMPLATE_FORMATS = ['csv', 'md'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

/** Spreadsheets that meet no mark at the beginning take UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The table as comma-separated values (RFC 4180), or as Markdown. */
export const tableText = (table: TemplateTable, format: TemplateFormat): string =>
  format === 'csv' ? csvText(table) : markdownText(table);

const csvText = ({ headings, rows }: TemplateTable): string =>
  BYTE_ORDER_MARK + [headings, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

/** What a spreadsheet would take for a formula gets an apostrophe before it: cells hold what strangers wrote. */
const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const markdownText = ({ title, headings, rows }: TemplateTable): string => {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |`;
  const rule = `|${headings.map(() => '---|').join('')}`;
  return [`## ${markdownCell(title)}`, '', line(headings), rule, ...rows.map(line), ''].join('\n');
};
/** Text and nothing but text: a pipe ends no cell, and what looks like markup is shown as it was written. */
const markdownCell = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '<br>');
