import { Command } from 'commander';
import { haltIn, isInstant, pauseModel, resumeModel } from '@rapport/kernel';
import {
  followerNamed,
  standingsOf,
  type Application,
  type Follower,
  type Standing,
} from '@rapport/platform';
import { NotHeeded, Usage } from '../exits';
import { patiently } from '../patience';
import type { Session } from '../session';
import { EXIT_INTERRUPTED } from '../terminal';

interface Options {
  readonly reason?: string;
  readonly until?: string;
}
interface Heeded {
  readonly model: string;
  /** False: nobody keeps it at the moment, so that it counts from the next start on. */
  readonly heeded: boolean;
  readonly state: string;
}
/** Keepers look after pauses every second; one that is in a long step first finishes it. */
const HEEDED_MS_MAX = 30_000;
/** A model that tries again has by then told whether it goes on. */
const TRIED_MS = 2_500;

export const pauseCommand = (session: Session): Command =>
  new Command('pause')
    .description('Let read models or policies stand still, also over restarts, until they are resumed')
    .argument('<models...>', 'read models or policies, such as ticket-queue or ticket-queue@1')
    .requiredOption('--reason <text>', 'why: whoever looks at them is told')
    .option('--until <when>', 'when it ends by itself: 30m, 2h, 3d, or an instant')
    .addHelpText('after', pauseHelp)
    .action(async (names: readonly string[], { reason = '', until }: Options) => {
      const ends = until === undefined ? undefined : endIn(until, Date.now());
      const wish = { by: session.operator, reason };
      const done = await each(session, names, async (application, one) => {
        await pauseModel(application.rows, one.model, wish, ends);
        return heeded(session, application, one, ({ state }) => haltIn(state) !== null);
      });
      session.answer(done, told('paused'));
    });

export const resumeCommand = (session: Session): Command =>
  new Command('resume')
    .description('Let paused models go on, and let those that stand still by themselves try again')
    .argument('<models...>', 'read models or policies')
    .option('--reason <text>', 'why')
    .addHelpText('after', resumeHelp)
    .action(async (names: readonly string[], { reason }: Options) => {
      const wish = { by: session.operator, ...(reason !== undefined && { reason }) };
      const done = await each(session, names, async (application, one) => {
        const before = await standing(session, application, one);
        await resumeModel(application.rows, one.model, wish);
        if (haltIn(before.state) === 'stands still') await new Promise((go) => setTimeout(go, TRIED_MS));
        return heeded(session, application, one, ({ state }) => haltIn(state) !== 'paused');
      });
      if (done.some(({ state }) => haltIn(state) === 'stands still')) session.findings();
      session.answer(done, told('resumed'));
    });

const each = (
  session: Session,
  names: readonly string[],
  work: (application: Application, one: Follower) => Promise<Heeded>,
): Promise<readonly Heeded[]> =>
  session.operating(async (application) => {
    const followers = names.map((name) => followerNamed(application, name));
    const done: Heeded[] = [];
    for (const one of followers) done.push(await work(application, one));
    return done;
  });

/** Until whoever keeps the model has told that it is so. */
const heeded = async (
  session: Session,
  application: Application,
  one: Follower,
  isSo: (lane: { readonly state: string }) => boolean,
): Promise<Heeded> => {
  const { model } = one;
  const answer = await patiently(session.terminal, HEEDED_MS_MAX, async () => {
    const { state, lanes } = await standing(session, application, one);
    const kept = lanes.filter(({ owner }) => owner !== null);
    return kept.every(isSo) ? { model, heeded: kept.length > 0, state } : null;
  });
  if (answer) return answer;
  if (session.terminal.stopped()) session.code = EXIT_INTERRUPTED;
  else throw new NotHeeded(`${model}: it is kept, and was not heeded within ${HEEDED_MS_MAX / 1_000} s`);
  return { model, heeded: false, state: (await standing(session, application, one)).state };
};

const standing = async (session: Session, application: Application, only: Follower): Promise<Standing> => {
  const [found] = await standingsOf(application, { ...session.looking, only });
  if (!found) throw new Error(`${only.model} has no standing`);
  return found;
};

const told =
  (what: string) =>
  (all: readonly Heeded[]): string =>
    all
      .map(({ model, heeded: isHeeded, state }) =>
        isHeeded
          ? `${model}: ${state}`
          : `${model}: ${what}; nobody keeps it now, so it counts from the next start`,
      )
      .join('\n');

const SPAN = /^(\d{1,6})(s|m|h|d)$/;
const SPAN_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2h` from now, or an instant. Throws `Usage`. */
export const endIn = (text: string, now: number): Date => {
  const [, n, unit = ''] = SPAN.exec(text) ?? [];
  if (n === undefined && !isInstant(text))
    throw new Usage(`--until ${text}: say 30m, 2h, 3d, or an instant such as 2026-03-01T09:00:00Z`);
  const end = n === undefined ? Date.parse(text) : now + Number(n) * (SPAN_MS[unit] ?? 0);
  if (end <= now) throw new Usage(`--until ${text}: that is over already`);
  return new Date(end);
};

const pauseHelp = `
Examples:
  rapport projections pause ticket-queue --reason "columns are being mended" --until 2h
  rapport projections pause when-ticket-registered-then-number --reason "numbers of the year are checked"`;
const resumeHelp = `
Example:
  rapport projections resume ticket-queue`;
