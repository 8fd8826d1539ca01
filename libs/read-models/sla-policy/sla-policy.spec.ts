import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { BUILT_IN_POLICY } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { publishedPromises } from './published-promises.projection';
import { slaPolicy } from './sla-policy.projection';
import { slaPolicyInForce } from './sla-policy.question';

const MARCH = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const MAY = '2024-05-01T00:00:00.000Z';
const JUNE = '2024-06-01T00:00:00.000Z';
const { rules, ladder } = BUILT_IN_POLICY;
const policyId = 'default';
const published = (version: number, effectiveFrom: string, supersedes = version - 1) =>
  e.SlaPolicyPublished.of({
    ...{ policyId, version, supersedes, effectiveFrom, basis: `review ${version}`, calendarId: 'default' },
    ...{ rules: rules.slice(version), ladder: { ...ladder, warnAtPercent: 70 } },
  });
const retired = (version: number, retiredFrom: string, successor = version - 1) =>
  e.SlaPolicyRetired.of({ policyId, version, retiredFrom, successor, reason: 'too ambitious' });
const fast = { policyId, promiseId: 'fast', moment: 'FIRST_RESPONSE' as const };
const within = { kind: 'CONTINUOUS' as const, minutes: 240 };
const declared = e.PublishedPromiseDeclared.of({
  ...fast,
  within,
  text: '4-hour response',
  effectiveFrom: APRIL,
});
const takenBack = e.PublishedPromiseRetired.of({ ...fast, within, endsAt: JUNE, reason: 'replaced' });

describe('the versions of a policy (SYS-20)', () => {
  const { given } = rowsOf(slaPolicy);
  it('stand there with their rules, from when they hold', () =>
    given(published(2, APRIL))
      .row('default|2')
      .is({
        ...{ version: 2, effectiveFrom: APRIL, retiredFrom: null, supersedes: 1, basis: 'review 2' },
        ...{ rules: rules.slice(2), warnAtPercent: 70, departmentHeadAtPercent: 150 },
      }));
  it('and until when, and why they end', () => {
    const row = given(published(2, APRIL), published(3, MAY), retired(3, JUNE));
    row.row('default|3').is({ retiredFrom: JUNE, retiredBecause: 'too ambitious' });
    row.row('default|2').is({ retiredFrom: null, retiredBecause: null });
  });
});

describe('what was promised to everybody (SYS-20.4)', () => {
  const { given } = rowsOf(publishedPromises);
  it('stands there in its words, and binds until its end', () => {
    given(declared).row('default|fast').is({
      text: '4-hour response',
      kind: 'CONTINUOUS',
      minutes: 240,
      days: null,
      effectiveFrom: APRIL,
      endsAt: null,
    });
    given(declared, takenBack).row('default|fast').is({ endsAt: JUNE, retiredBecause: 'replaced' });
  });
  it('in days where days are counted', () =>
    given(
      e.PublishedPromiseDeclared.of({
        ...fast,
        text: 'x',
        effectiveFrom: APRIL,
        within: { kind: 'WORKING_DAY', days: 2 },
      }),
    )
      .row('default|fast')
      .is({ kind: 'WORKING_DAY', minutes: null, days: 2 }));
});

describe('which policy holds', () => {
  interface Answer {
    readonly version: number;
    readonly effectiveFrom: string | null;
    readonly rules: readonly { readonly id: string }[];
    readonly later: readonly object[];
  }
  const { told } = modelsOf(() => new MemoryRowStore(), [slaPolicy], [publishedPromises]);
  const asked = async (events: readonly NewEvent[], at?: string) =>
    (await told(...events)).ask<Answer>(slaPolicyInForce, MARCH, at === undefined ? {} : { at });
  const story = [published(2, APRIL), published(3, MAY), retired(3, JUNE), declared, takenBack];

  it('version 1, as long as none was published', async () =>
    expect(await asked([])).toMatchObject({ version: 1, effectiveFrom: null, rules, ladder, later: [] }));
  it('now, and what is to come', async () =>
    expect(await asked(story)).toMatchObject({
      version: 1,
      later: [
        { version: 2, effectiveFrom: APRIL },
        { version: 3, effectiveFrom: MAY },
      ],
    }));
  it('at any time, with the promises that bind then', async () => {
    const holding = await Promise.all([APRIL, MAY, JUNE].map((at) => asked(story, at)));
    expect(holding.map(({ version, effectiveFrom }) => [version, effectiveFrom])).toEqual([
      ...[
        [2, APRIL],
        [3, MAY],
        [2, APRIL],
      ],
    ]);
    expect(holding.map((it) => it.rules.some(({ id }) => id === 'PROMISE:fast'))).toEqual([
      true,
      true,
      false,
    ]);
    expect(holding[0]?.rules.at(-1)).toMatchObject({ match: {}, within, basis: '4-hour response' });
  });
});
