import { hydrate } from '@rapport/kernel';
import { at, clocks, customer, data, line, MONDAY, type Facts, type Look } from './slaclocks.story';
import { SlaNodes, type SlaReached } from './slaclocks.values';

export const vip = { customer: { ...customer, profile: { GRADE: 'VIP' } } };
export const told = (
  moment: SlaReached['moment'],
  when: string,
  heard: number,
  more: Partial<SlaReached> = {},
) => ({
  ...{ moment, at: when, heard },
  ...more,
});
export const FIRST = at(11, 14);
export const answered = told('FIRST_RESPONSE', FIRST, 2);
/** Answered on Monday at 14:00, and whatever was heard since; at a VIP's every 24 hours. */
export const of = (heard: number, ...more: SlaReached[]): Facts => ({ heard, reached: [answered, ...more] });
export const BEGUN: Look = [FIRST, of(2), vip];
export const syncs = (...looks: Look[]) => clocks([MONDAY, {}, vip], ...looks);
export const lines = (...looks: Look[]) =>
  line(syncs(...looks), 'PROGRESS_SYNC').map((each) => each.replace('PROGRESS_SYNC ', ''));
export const started = (...looks: Look[]) =>
  data(syncs(...looks), 'SlaClockStarted')
    .filter(({ moment }) => moment === 'PROGRESS_SYNC')
    .map(({ startAt, dueAt }) => [startAt, dueAt]);
export const sync = (when: string, heard = 3, more: Partial<SlaReached> = {}) =>
  told('PROGRESS_SYNC', when, heard, more);
export const nodes = (agreedAt: string, ...dueAts: string[]) =>
  hydrate(SlaNodes, { agreedAt, agreed: dueAts.map((dueAt, n) => ({ nodeId: `n${n + 1}`, dueAt })) });
