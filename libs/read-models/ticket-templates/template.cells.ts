import type { RequiredResources, ScriptPart } from '@rapport/domain/values';
import { money } from '../customer-timeline/customer-timeline.sentences';
import { labelOf, type LabelGroup, type TemplateLanguage } from './template.labels';
import type { TicketFile } from './ticket-file';

/** How values are written into cells, in one language and by one clock. */
export class Cells {
  constructor(
    private readonly language: TemplateLanguage,
    private readonly zone: string,
  ) {}

  code(group: LabelGroup, code: string | undefined): string {
    return labelOf(this.language, group, code);
  }
  codes(group: LabelGroup, codes: readonly string[]): string {
    return this.list(codes.map((code) => this.code(group, code)));
  }
  list(parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join(this.language === 'zh' ? '、' : ', ');
  }
  flag(value: boolean | undefined): string {
    return value === undefined ? '' : this.code('flag', value ? 'YES' : 'NO');
  }
  /** `客户原话：…`; nothing where there is nothing to say. */
  named(word: string, text: string | undefined): string {
    if (text === undefined || text === '') return '';
    return `${this.code('word', word)}${this.language === 'zh' ? '：' : ': '}${text}`;
  }
  marked(text: string, word: string, isSo: boolean): string {
    return isSo ? `${text} (${this.code('word', word)})` : text;
  }
  /** 2024-03-01 17:00 by the clock on the customer's wall. */
  time(instant: string | undefined): string {
    return instant === undefined ? '' : clockOf(this.zone).format(Date.parse(instant)).replace(',', '');
  }

  resources({ people, technology, budget }: RequiredResources): string {
    const needed = people.map(
      ({ department, people: count }) => `${this.code('department', department)} ${count}`,
    );
    const sum = budget.minor === 0 ? '' : money(budget);
    return lines(this.list(needed), this.named('TECHNOLOGY', technology), this.named('BUDGET', sum));
  }
  /** What is said in each part of the talk: the words for this ticket, then the scripts of the library. */
  script(strategy: NonNullable<TicketFile['strategy']>): string {
    const { openingWords, coreWords, objectionWords, closingWords, scripts = [] } = strategy;
    const words: Readonly<Record<ScriptPart, string | undefined>> = {
      ...{ OPENING: openingWords, CORE: coreWords, OBJECTION: objectionWords, CLOSING: closingWords },
    };
    const parts = (Object.keys(words) as ScriptPart[]).map((part) => {
      const used = scripts.flatMap((one) => (one.part === part ? [one.scriptId] : []));
      const said = this.list([...(words[part]?.split('\n') ?? []), ...used]);
      return said === '' ? '' : `${this.code('script', part)}: ${said}`;
    });
    const next = `${strategy.nextAction} (${this.time(strategy.nextActionAt)})`;
    return lines(...parts, this.named('NEXT', next));
  }
  nodes({ keyNodes }: NonNullable<TicketFile['strategy']>): string {
    return lines(
      ...keyNodes.map(({ dueAt, content, agreedWithCustomer }) =>
        this.marked(`${this.time(dueAt)} ${content}`, 'AGREED', agreedWithCustomer),
      ),
    );
  }
}

/** Several things in one cell, one a line. */
export const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

/** So many zones are remembered: the world has some six hundred names for them. */
const ZONES_MAX = 600;
const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  if (clocks.size >= ZONES_MAX) clocks.clear();
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, made);
  return made;
};
