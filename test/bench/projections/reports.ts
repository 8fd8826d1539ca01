import { askingOf, fieldsOf, type Asking, type Question, type RowReader } from '@rapport/kernel';
import { questions, rollups } from '@rapport/read-models';
import { quantileOf, type Figure } from '../figures';

const ASKS = 20;
/** What takes longer is asked less often, but once in any case. */
const ASKING_MS_MAX = 15_000;
/** The aim for each report (milliseconds). */
const MS_MAX = 200;

/** How long each question takes: as things are, and as of moments of the past where it can be asked so. */
export const reportFigures = async (
  rows: RowReader,
  store: string,
  log: { readonly beginsAt: string; readonly endsAt: string },
): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const question of questions) {
    const all = { rows, now: log.endsAt, rollups };
    figures.push(...(await asked(question, store, 'now', () => askingOf(question, all))));
    if (question.reads.some(({ past }) => past === null)) continue;
    const then = (n: number) => askingOf(question, all, { time: between(log, (n % ASKS) / ASKS) });
    figures.push(...(await asked(question, store, 'as of the past', then)));
  }
  return figures;
};

const asked = async (question: Question, store: string, when: string, ask: (n: number) => Asking) => {
  const times: number[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < ASKS && (n === 0 || performance.now() - startedAt < ASKING_MS_MAX); n++) {
    const asking = ask(n);
    const wanted = Object.assign(new question.params(), ofSomebody(question, n));
    const askedAt = performance.now();
    await question.answer(wanted, asking).catch(unknownThen);
    times.push(performance.now() - askedAt);
  }
  const what = `${store}: report ${question.name}, ${when}`;
  return [
    { what: `${what}, p50`, value: quantileOf(times, 0.5), unit: 'ms' },
    { what: `${what}, p95 of ${times.length}`, value: quantileOf(times, 0.95), unit: 'ms', most: MS_MAX },
  ];
};

/** A customer who was not there yet is an answer too; anything else is none. */
const unknownThen = (error: unknown): void => {
  if ((error as { code?: string } | null)?.code !== 'CUSTOMER_UNKNOWN') throw error;
};

/** A question about one customer or ticket is asked about one after the other, the one with the longest history first. */
const ofSomebody = ({ params }: Question, n: number): object =>
  Object.fromEntries(
    fieldsOf(params)
      .filter(({ optional }) => !optional)
      .flatMap(({ name }) => (Object.hasOwn(IDS, name) ? [[name, IDS[name]?.(n + 1)]] : [])),
  );
/** As the imagined log names them. */
const IDS: Readonly<Record<string, (n: number) => string>> = {
  customerId: (n) => `C-${String(n).padStart(6, '0')}`,
  ticketId: (n) => `T-${n}`,
};

/** From a quarter of the time on, for at the beginning there is little to find. */
const between = ({ beginsAt, endsAt }: { beginsAt: string; endsAt: string }, share: number): string => {
  const [from, to] = [Date.parse(beginsAt), Date.parse(endsAt)];
  return new Date(from + (to - from) * (0.25 + 0.75 * share)).toISOString();
};
