import { Cells } from './template.cells';
import {
  COMMUNICATION_STRATEGY,
  EXECUTION_TRACKING,
  NEED_ASSESSMENT,
  NEED_INFORMATION,
  type TemplateColumn,
} from './template.columns';
import type { TemplateLanguage } from './template.labels';
import type { TicketFile } from './ticket-file';

/** A filled template: as it would be printed. */
export interface TemplateTable {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
/** One of the four templates of the communication-strategy tool (section 4). */
export interface TicketTemplate {
  readonly zh: string;
  readonly en: string;
  /** Filled with these tickets, one or more rows each; a ticket that has nothing to say here yet has none. */
  fill(files: readonly TicketFile[], language: TemplateLanguage): TemplateTable;
}

const template = <Row extends TicketFile>(
  zh: string,
  en: string,
  columns: readonly TemplateColumn<Row>[],
  rowsOf: (file: TicketFile) => readonly Row[],
): TicketTemplate => ({
  ...{ zh, en },
  fill: (files, language) => ({
    title: language === 'zh' ? zh : en,
    headings: columns.map((column) => column[language]),
    rows: files.flatMap((file) => {
      const cells = new Cells(language, file.zone);
      return rowsOf(file).map((row) => columns.map(({ cell }) => cell(row, cells)));
    }),
  }),
});

/** By the number that people call them by. */
export const TICKET_TEMPLATES: Readonly<Record<number, TicketTemplate>> = {
  1: template('客户需求信息表', 'Customer need information', NEED_INFORMATION, (file) => [file]),
  2: template('需求分析评估表', 'Need analysis and assessment', NEED_ASSESSMENT, (file) =>
    file.assessment ? [{ ...file, assessment: file.assessment }] : [],
  ),
  3: template('沟通策略制定表', 'Communication strategy', COMMUNICATION_STRATEGY, (file) =>
    file.strategy ? [{ ...file, strategy: file.strategy }] : [],
  ),
  4: template('执行跟踪表', 'Execution tracking', EXECUTION_TRACKING, (file) =>
    file.steps.map((step) => ({ ...file, step })),
  ),
};
