import { assertValid, evolve, hydrate, type Class, type EventStore, type Rules } from '@rapport/kernel';
import { PublishSlaPolicy, PublishWorkingCalendar } from '@rapport/domain/commands';
import { BUILT_IN_POLICY, DEFAULT_CALENDAR, DEFAULT_POLICY } from '@rapport/domain/values';
import { aggregateNamed, standing } from './named';

/** A policy, and perhaps a working calendar, as they would be published; nothing said: what is built in. */
export interface Candidate {
  readonly policy?: object;
  readonly calendar?: object;
}
/** By what the clocks of past tickets are ruled. */
export interface PastRulebook {
  readonly policies: Versions & { readonly promises: readonly object[] };
  readonly calendars: ReadonlyMap<string, unknown>;
}
interface Versions {
  readonly versions: readonly object[];
}
/** Before any time that is written in this form: it holds as if it had always held. */
const ALWAYS = '';
const DECIDER = { id: 'what-if', role: 'CRM_MANAGER' } as const;

/**
 * What would rule if the candidate had always held, beside what was promised to everybody. It is checked as publishing
 * checks it. Throws `Invalid` with the fields that are wrong, or the `Refusal` that publishing would give.
 */
export const rulebookOf = async (
  store: EventStore,
  { policy = builtIn(), calendar }: Candidate,
  now: string,
): Promise<PastRulebook> => {
  const [ofPolicies, ofCalendars] = ['slapolicy', 'workingcalendar'].map(aggregateNamed) as [Rules, Rules];
  const { calendarId = DEFAULT_CALENDAR } = policy as Partial<PublishSlaPolicy>;
  const calendars = new Map<string, unknown>();
  for (const id of new Set([DEFAULT_CALENDAR, calendarId]))
    calendars.set(id, await standing(store, ofCalendars, id));
  if (calendar) {
    const { state, id } = published(ofCalendars, PublishWorkingCalendar, calendar, now, { policies: NONE });
    calendars.set(id, state);
  }
  const known = { calendar: calendars.get(calendarId) };
  const { state } = published(ofPolicies, PublishSlaPolicy, policy, now, known);
  const { promises } = (await standing(store, ofPolicies, DEFAULT_POLICY)) as PastRulebook['policies'];
  return { policies: { ...(state as Versions), promises }, calendars };
};
const NONE = { versions: [], promises: [] };
const builtIn = () => {
  const { policyId, calendarId, rules, ladder } = BUILT_IN_POLICY;
  return { policyId, calendarId, rules, ladder, basis: 'built in' };
};

/** As it would stand if it were the first that was ever published, and held always. */
const published = (of: Rules, wanted: Class, content: object, now: string, known: object) => {
  const { effectiveFrom: _, version: __, ...told } = content as Record<string, unknown>;
  const command = hydrate(wanted, told);
  assertValid(command);
  const context = { now, actor: DECIDER, known: known as never, eventId: () => '' };
  const [event] = of.decide[wanted.name]?.(of.initial, command as never, context) ?? [];
  if (!event) throw new Error(`${wanted.name} decides nothing of the first one`);
  const data = { ...event.data, effectiveFrom: ALWAYS };
  const state: unknown = evolve(of, of.initial, { type: event.messageClass.name, data, occurredAt: now });
  return { state, id: String(command[of.id as keyof object]) };
};
