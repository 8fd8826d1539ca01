import { Session, type Profiler } from 'node:inspector';
import { promisify } from 'node:util';

const INTERVAL_MICROSECONDS = 500;

/** Runs it, and looks where its time goes if wanted. */
export const profiled = async (
  wanted: boolean,
  work: () => Promise<void>,
): Promise<{ readonly profile: Profiler.Profile | null }> => {
  if (!wanted) return work().then(() => ({ profile: null }));
  const session = new Session();
  session.connect();
  const post = promisify(session.post.bind(session)) as (method: string, params?: object) => Promise<unknown>;
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
  await post('Profiler.start');
  await work();
  const { profile } = (await post('Profiler.stop')) as { readonly profile: Profiler.Profile };
  session.disconnect();
  return { profile };
};

/** The functions in which most of the time was spent, themselves and not what they called, with their shares. */
export const topOf = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, count: number): string => {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  let all = 0;
  for (const [n, id] of samples.entries()) {
    const [name, took] = [names.get(id) ?? '', timeDeltas[n] ?? 0];
    spent.set(name, (spent.get(name) ?? 0) + took);
    all += took;
  }
  const sorted = [...spent].sort(([, one], [, other]) => other - one).slice(0, count);
  return sorted.map(([name, took]) => `${((100 * took) / all).toFixed(1).padStart(5)} %  ${name}`).join('\n');
};

/** `consume kernel/projector.ts:42`; what has no file is SQLite or the machine itself. */
const nameOf = ({ functionName, url, lineNumber }: Profiler.ProfileNode['callFrame']): string => {
  const file = url.split('/').slice(-2).join('/');
  return `${functionName || '(anonymous)'} ${file === '' ? '(native)' : `${file}:${lineNumber + 1}`}`;
};
