import { join } from 'node:path';
import { EvaluateSlaClocks } from '@rapport/domain/commands';
import {
  BUILT_IN_CALENDAR,
  BUILT_IN_POLICY,
  dueOf,
  rulingsOf,
  SlaFacts,
  spansOf,
  type SlaCase,
  type SlaDuration,
  type WorkingCalendar,
} from '@rapport/domain/values';
import { hydrate, type Policy, type Write } from '@rapport/kernel';
import { openAt, type Application } from '@rapport/platform';
import { policies } from '@rapport/policies';
import { temporaryFolder } from './bench-application';
import { middle, type Figure } from './figures';

const DEADLINES = 20_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEAR_FROM = Date.UTC(2024, 0, 1);
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'] as const;

/** Deadlines computed and explained, and the clock loop beside more and more clocks that are not due. */
export async function* slaFigures(): AsyncGenerator<Figure> {
  yield* deadlineFigures();
  yield* clockLoopFigures();
}

const calendars: readonly WorkingCalendar[] = ZONES.map((zone) => ({
  ...BUILT_IN_CALENDAR,
  zone,
  holidays: Array.from({ length: 20 }, (_, n) => ({
    day: dayOf(YEAR_FROM + n * 17 * DAY),
    name: `free ${n}`,
  })),
}));
function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
/** A day in the year and a time of the day for each n, spread evenly and the same in every run. */
const raised = (n: number): string =>
  new Date(YEAR_FROM + ((n * 7_919 * MINUTE) % (360 * DAY))).toISOString();
const calendarFor = (n: number): WorkingCalendar => calendars[n % calendars.length] ?? BUILT_IN_CALENDAR;

const CASES: readonly SlaCase[] = (['URGENT', 'IMPORTANT', 'ROUTINE'] as const).flatMap((urgency) =>
  [true, false].map((priorityCustomer) => ({ urgency, priorityCustomer, isEnquiry: false, type: 'SERVICE' })),
);

function* deadlineFigures(): Generator<Figure> {
  const plain = perSecond(DEADLINES, (n) => new Date(Date.parse(raised(n)) + DAY).toISOString());
  const floor = { floor: 'a day added to a date' };
  const beside = (what: string, value: number): Figure => ({
    ...{ what, value, unit: 'deadlines/s', share: value / plain, ...floor },
  });
  yield { what: 'a day added to a date', value: plain, unit: 'deadlines/s' };
  const kinds: readonly (readonly [string, SlaDuration])[] = [
    ['a deadline by the clock (24 h)', { kind: 'CONTINUOUS', minutes: 24 * 60 }],
    ['a deadline of 4 hours of service', { kind: 'SERVICE_WINDOW', minutes: 240 }],
    ['a deadline of 3 working days', { kind: 'WORKING_DAY', days: 3 }],
    ['a deadline of 15 working days', { kind: 'WORKING_DAY', days: 15 }],
  ];
  for (const [what, within] of kinds) {
    const counting = (n: number) => ({ within, calendar: calendarFor(n), tier: 'STANDARD' as const });
    yield beside(
      what,
      perSecond(DEADLINES, (n) => dueOf(raised(n), counting(n))),
    );
    yield beside(
      `${what}, explained stretch by stretch`,
      perSecond(DEADLINES / 4, (n) => spansOf(raised(n), dueOf(raised(n), counting(n)), counting(n))),
    );
  }
  yield {
    what: 'all moments of a ticket ruled by the built-in policy, losers named',
    value: perSecond(DEADLINES / 4, (n) =>
      rulingsOf(CASES[n % CASES.length]!, { RAISED: raised(n) }, BUILT_IN_POLICY, calendarFor(n)),
    ),
    unit: 'tickets/s',
  };
}

/** The middle of three runs, each thing computed anew. */
const perSecond = (count: number, job: (n: number) => unknown): number => {
  const run = (): number => {
    const started = performance.now();
    for (let n = 0; n < count; n++) job(n);
    return (count / (performance.now() - started)) * 1_000;
  };
  run();
  return middle([run(), run(), run()]);
};

/** The first is a warm-up, which is told of nobody. */
const OPEN = [10_000, 10_000, 100_000, 1_000_000] as const;
const DUE = 1_000;
const NOW = '2024-06-01T00:00:00.000Z';

/** The product's own timers over so many clocks that wait: what it takes to see when the next is due, and to fire those that are. */
async function* clockLoopFigures(): AsyncGenerator<Figure> {
  const watch = policies.find(({ name }) => name === 'sla-watch');
  if (!watch) throw new Error('the policy sla-watch is missing from the product');
  const took: { look: number; fire: number }[] = [];
  for (const [n, open] of OPEN.entries()) {
    const application = await openAt({ folder: join(temporaryFolder(), 'clocks') }, { now: () => NOW });
    await fill(application, watch, open);
    await application.rows.commit(writesOf(watch, DUE, 'due', dueNow), []);
    await application.start();
    const look = await millisecondsOf(1, () => application.timers.next());
    const fire = await millisecondsOf(1, async () => {
      const fired = await application.timers.fire(NOW);
      if (fired !== DUE) throw new Error(`${fired} clocks fired instead of ${DUE}`);
    });
    await application.stop();
    if (n === 0) continue;
    took.push({ look, fire });
    const count = open.toLocaleString('en-US');
    const first = took[0] ?? { look, fire };
    const floor = `with ${OPEN[0].toLocaleString('en-US')} open`;
    yield {
      what: `first look among ${count} open clocks for what is due next`,
      value: look,
      unit: 'ms',
      share: look / first.look,
      floor,
    };
    yield {
      what: `${DUE} due clocks fired beside ${count} open ones`,
      value: fire,
      unit: 'ms',
      share: fire / first.fire,
      floor,
    };
  }
}

const millisecondsOf = async (times: number, job: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  for (let n = 0; n < times; n++) await job();
  return (performance.now() - started) / times;
};

const ROWS_AT_ONCE = 10_000;
/** Clocks that wait: due in the year after, one after the other in no order. */
const fill = async ({ rows }: Application, watch: Policy, open: number): Promise<void> => {
  await rows.open([watch.table]);
  for (let from = 0; from < open; from += ROWS_AT_ONCE) {
    const later = (n: number) =>
      new Date(Date.parse(NOW) + DAY + (((from + n) * 7_919) % 525_600) * MINUTE).toISOString();
    await rows.commit(writesOf(watch, ROWS_AT_ONCE, `open-${from}`, later), []);
  }
};
const dueNow = (n: number): string => new Date(Date.parse(NOW) - (n % 60) * MINUTE).toISOString();
const writesOf = (
  { table }: Policy,
  count: number,
  name: string,
  dueAt: (n: number) => string,
): readonly Write[] =>
  Array.from({ length: count }, (_, n) => {
    const key = `t-${name}-${n}`;
    const dueCommand = EvaluateSlaClocks.of({ ticketId: key, facts: FACTS });
    const timer = { dueAt: dueAt(n), dueType: EvaluateSlaClocks.name, dueCommand };
    return {
      table,
      key,
      row: { key, facts: FACTS, wakeAt: timer.dueAt, ...timer },
      fresh: true,
    };
  });
const AT = '2024-05-31T00:00:00.000Z';
const FACTS = hydrate(SlaFacts, {
  ...{ customerId: 'c-1', heard: 1, raisedAt: AT, urgency: 'ROUTINE', isEnquiry: false, classedAt: AT },
  ...{ classApproved: false, opening: { start: 'RAISED', at: AT, heard: 1 }, reached: [], promises: [] },
});
