import fc from 'fast-check';
import { Refusal, type NewEvent } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import type { Customer } from '../customer/customer.decider';
import type { Consent } from '../privacy/consent.decider';
import { RecordBehaviour } from './behaviour.commands';
import { behaviour } from './behaviour.decider';
import { BehaviourRecorded } from './behaviour.events';

const NOW = '2024-03-01T09:00:00.000Z';
const ALLOWED = '2024-02-01T00:00:00.000Z';
const happenedAt = '2024-02-20T08:00:00.000Z';
const { given } = scenario(behaviour, { now: NOW });
const lin = { name: 'Lin', roles: [], influence: 1, active: true };
const acme: Customer = { stage: 'known', profile: {}, contacts: { lin, qiu: { ...lin, active: false } } };
const allowing = (...periods: { from: string; until?: string }[]): Consent => ({
  ANALYTICS: periods.map((period) => ({ ...period, textVersion: 'privacy-3' })),
});
const known = { customer: acme, consent: allowing({ from: ALLOWED }) };
const use = {
  ...{ sourceEventId: 'web:1', customerId: 'c-1', contactId: 'lin', happenedAt },
  ...{ kind: 'FEATURE_USE' as const, subject: 'export', seconds: 40 },
};
const recordedUse = BehaviourRecorded.of(use, happenedAt);

describe('what a customer does', () => {
  it('is recorded at the time when it happened', () => {
    expect(given().when(RecordBehaviour.of(use), known).decided()).toEqual([recordedUse]);
  });

  it('is recorded once, whatever is delivered again', () => {
    given(recordedUse).when(RecordBehaviour.of(use), known).thenNothing();
    const nobody = { customer: { stage: 'unknown' }, consent: {} };
    given(recordedUse).when(RecordBehaviour.of(use), nobody).thenNothing();
  });

  it('has an id of its own', () => {
    for (const other of [{ customerId: 'c-2' }, { subject: 'import' }, { happenedAt: ALLOWED }])
      given(recordedUse)
        .when(RecordBehaviour.of({ ...use, ...other }), known)
        .thenRefused('SOURCE_EVENT_ID_TAKEN');
  });

  it('is that of a known customer and of an active contact', () => {
    given()
      .when(RecordBehaviour.of(use), { ...known, customer: { stage: 'unknown' } })
      .thenRefused('CUSTOMER_UNKNOWN');
    for (const contactId of ['qiu', 'zhao'])
      given()
        .when(RecordBehaviour.of({ ...use, contactId }), known)
        .thenRefused('CONTACT_UNKNOWN');
  });

  it('lasts no negative time, and a use says how long', () => {
    const lasting = (seconds: number) => given().when(RecordBehaviour.of({ ...use, seconds }), known);
    expect(lasting(-1).decided).toThrow('seconds must not be less than 0');
    expect(lasting(0).decided()).toHaveLength(1);
    const { seconds: _, ...untimed } = use;
    given().when(RecordBehaviour.of(untimed), known).thenRefused('SECONDS_MISSING');
    const view = { ...untimed, kind: 'PAGE_VIEW', subject: '/prices' } as const;
    expect(given().when(RecordBehaviour.of(view), known).decided()).toHaveLength(1);
  });

  it('has not happened in the future', () => {
    const at = (when: string) => given().when(RecordBehaviour.of({ ...use, happenedAt: when }), known);
    at('2024-03-01T09:00:00.001Z').thenRefused('DATED_IN_FUTURE');
    expect(at(NOW).decided()).toHaveLength(1);
  });

  it('is recorded only where ANALYTICS is allowed, now and when it happened', () => {
    const allowedBy = (consent: Consent) => given().when(RecordBehaviour.of(use), { ...known, consent });
    allowedBy({}).thenRefused('CONSENT_MISSING');
    allowedBy({ MARKETING: allowing({ from: ALLOWED }).ANALYTICS ?? [] }).thenRefused('CONSENT_MISSING');
    allowedBy(allowing({ from: ALLOWED, until: NOW })).thenRefused('CONSENT_MISSING');
    allowedBy(allowing({ from: '2024-02-20T08:00:00.001Z' })).thenRefused('CONSENT_MISSING');
    expect(allowedBy(allowing({ from: happenedAt })).decided()).toHaveLength(1);
    const again = allowing({ from: ALLOWED, until: '2024-02-25T00:00:00.000Z' }, { from: NOW });
    expect(allowedBy(again).decided()).toHaveLength(1);
  });

  it('adds up to the same total, however often and in whatever order it is delivered', () => {
    const thing = fc.record({ n: fc.nat(50), seconds: fc.nat(1_000) });
    const things = fc.uniqueArray(thing, { selector: ({ n }) => n, minLength: 1, maxLength: 15 });
    const deliveries = things.chain((all) =>
      fc.record({
        all: fc.constant(all),
        delivered: fc
          .array(fc.constantFrom(...all), { maxLength: 30 })
          .chain((again) =>
            fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
          ),
      }),
    );
    fc.assert(
      fc.property(deliveries, ({ all, delivered }) => {
        const log = new Map<string, NewEvent[]>();
        for (const { n, seconds } of delivered) {
          const command = RecordBehaviour.of({ ...use, sourceEventId: `web:${n}`, seconds });
          const stream = log.get(command.sourceEventId) ?? [];
          log.set(command.sourceEventId, [...stream, ...accepted(stream, command)]);
        }
        const total = [...log.values()].flat().reduce((sum, { data }) => sum + secondsIn(data), 0);
        expect(total).toBe(all.reduce((sum, { seconds }) => sum + seconds, 0));
      }),
    );
  });
});

const secondsIn = (data: object): number => (data as BehaviourRecorded).seconds ?? 0;
const accepted = (history: readonly NewEvent[], command: object): readonly NewEvent[] => {
  try {
    return given(...history)
      .when(command, known)
      .decided();
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};
