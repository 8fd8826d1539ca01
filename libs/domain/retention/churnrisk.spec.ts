import { scenario } from '@rapport/kernel/spec';
import type { Customer } from '../customer/customer.decider';
import { AssessChurnRisk, ClearChurnFlag, FlagChurnRisk } from './churnrisk.commands';
import { churnRisk } from './churnrisk.decider';
import {
  ChurnFlagCleared,
  ChurnRiskAssessed,
  ChurnRiskFlagged,
  ChurnRiskLevelChanged,
} from './churnrisk.events';
import { RISK_RULE_VERSION, riskLines, riskOf } from './churnrisk.rules';
import type { ChurnSignalCode, RiskLevel, SentSignal } from './churnrisk.values';

const customerId = 'c-1';
const START = '2024-01-01T00:00:00.000Z';
const NOW = '2024-03-01T00:00:00.000Z';
const END = '2024-03-20T00:00:00.000Z';
const LATER = '2024-04-01T00:00:00.000Z';
const at = (now: string, role = 'SERVICE_SPECIALIST') =>
  scenario(churnRisk, { now, actor: { id: 'ann', role } });
const { given } = at(NOW);

const sent = (code: ChurnSignalCode, since = START, expiresAt?: string): SentSignal => ({
  ...{ code, sourceEventId: `e-${code}`, since },
  ...(expiresAt !== undefined && { expiresAt }),
});
const assess = (...signals: SentSignal[]) => AssessChurnRisk.of({ customerId, signals });
const assessed = (now: string, ...signals: SentSignal[]) =>
  ChurnRiskAssessed.of({ customerId, ...riskOf(signals, now), ruleVersion: RISK_RULE_VERSION }, now);
const weighed = (code: ChurnSignalCode, expiresAt?: string) => {
  const { weight, because } = riskLines.find((line) => line.code === code)!;
  return { ...sent(code, START, expiresAt), weight, because };
};
const changed = (from: RiskLevel, to: RiskLevel, score: number, mainSignal?: ChurnSignalCode) =>
  ChurnRiskLevelChanged.of({ customerId, from, to, score, ...(mainSignal && { mainSignal }) });
const flagged = ChurnRiskFlagged.of({ customerId, reason: 'their buyer said so' }, START);

describe('an assessment', () => {
  const low = { customerId, score: 25, level: 'LOW', mainSignal: 'SILENCE', ruleVersion: 1 } as const;

  it('lists each signal with its weight, its sentence and the event it came from (SYS-41.1)', () =>
    given()
      .when(assess(sent('SILENCE')))
      .then(ChurnRiskAssessed.of({ ...low, signals: [weighed('SILENCE')] })));

  it('says that the level changed, once (SYS-41.3)', () => {
    const both = [sent('SILENCE'), sent('SERIOUS_COMPLAINT')];
    const events = [assessed(NOW, ...both), changed('LOW', 'MEDIUM', 45, 'SILENCE')];
    given()
      .when(assess(...both))
      .then(...events);
    given(assessed(START, sent('SILENCE')))
      .when(assess(...both))
      .then(...events);
    const more = [...both, sent('PRICE_OBJECTION')];
    given(assessed(START, ...both))
      .when(assess(...more))
      .then(assessed(NOW, ...more));
  });

  it('that comes out as the one before is not told again, in whatever order the signals come', () => {
    const both = [sent('SERIOUS_COMPLAINT'), sent('SILENCE')];
    given(assessed(START, ...both))
      .when(assess(...both.toReversed()))
      .thenNothing();
    given().when(assess()).thenNothing();
  });

  it('is told again when only its source or its end is another', () => {
    const ending = sent('SILENCE', START, LATER);
    given(assessed(START, sent('SILENCE')))
      .when(assess(ending))
      .then(assessed(NOW, ending));
    const other = { ...sent('SILENCE'), sourceEventId: 'e-2' };
    given(assessed(START, sent('SILENCE')))
      .when(assess(other))
      .then(assessed(NOW, other));
  });

  it('counts a signal from its beginning until just before its end (SYS-41.4)', () => {
    const signal = sent('SILENCE', NOW, END);
    at('2024-02-29T23:59:59.999Z').given().when(assess(signal)).thenNothing();
    at(NOW).given().when(assess(signal)).then(assessed(NOW, signal));
    at('2024-03-19T23:59:59.999Z').given().when(assess(signal)).then(assessed(NOW, signal));
    at(END).given(assessed(NOW, signal)).when(assess(signal)).then(assessed(END));
  });

  it('falls when signals end, and the level with it', () => {
    const both = [sent('SILENCE'), sent('SERIOUS_COMPLAINT', START, END)];
    at(END)
      .given(assessed(NOW, ...both), changed('LOW', 'MEDIUM', 45))
      .when(assess(...both))
      .then(assessed(END, sent('SILENCE')), changed('MEDIUM', 'LOW', 25, 'SILENCE'));
    at(END)
      .given(assessed(NOW, sent('MANUAL_FLAG')))
      .when(assess())
      .then(assessed(END), changed('HIGH', 'LOW', 0));
  });

  it('at a moment at which a signal begins or ends is always told, but once', () => {
    const signals = [sent('SILENCE', START), sent('PRICE_OBJECTION', LATER, END)];
    const state = assessed(START, sent('SILENCE'));
    at(END)
      .given(state)
      .when(assess(...signals))
      .then(assessed(END, sent('SILENCE')));
    at(END)
      .given(state, assessed(END, sent('SILENCE')))
      .when(assess(...signals))
      .thenNothing();
  });

  it('never goes back behind the one before it', () => {
    const decided = at(NOW)
      .given(assessed(LATER, sent('SILENCE')))
      .when(assess(sent('SILENCE', START, END)))
      .decided();
    expect(decided).toEqual([{ ...assessed(LATER), at: LATER }]);
  });
});

describe('a flag', () => {
  const known = { customer: { stage: 'known', profile: {}, contacts: {} } satisfies Customer };
  const unknown = { customer: { stage: 'unknown' } satisfies Customer };
  const flag = FlagChurnRisk.of({ customerId, reason: 'their buyer said so' });
  const clear = ClearChurnFlag.of({ customerId, reason: 'a mistake' });
  const cleared = ChurnFlagCleared.of({ customerId, reason: 'a mistake' });
  const contact = sent('COMPETITOR_CONTACT', START, END);

  it('is set by a person with a reason', () => given().when(flag, known).then(flagged));
  it('is set once', () => {
    given(flagged).when(flag, known).thenRefused('CHURN_ALREADY_FLAGGED');
    given(flagged, cleared).when(flag, known).then(flagged);
  });
  it('is set for a customer we know', () => given().when(flag, unknown).thenRefused('CUSTOMER_UNKNOWN'));
  it('is cleared with a reason', () => given(flagged).when(clear).then(cleared));
  it('that is not set cannot be cleared', () => {
    given().when(clear).thenRefused('CHURN_NOT_FLAGGED');
    given(flagged, cleared).when(clear).thenRefused('CHURN_NOT_FLAGGED');
  });
  it('stays while a competitor contact is active, unless an approver clears it (SYS-41)', () => {
    const history = [flagged, assessed(START, contact)];
    given(...history)
      .when(clear)
      .thenRefused('APPROVER_REQUIRED');
    for (const role of ['SUPERVISOR', 'DEPARTMENT_HEAD', 'CRM_MANAGER', 'SENIOR_MANAGEMENT'])
      at(NOW, role)
        .given(...history)
        .when(clear)
        .then(cleared);
    at(END)
      .given(...history)
      .when(clear)
      .then(cleared);
  });
  it('survives assessments', () =>
    given(flagged, assessed(START)).when(flag, known).thenRefused('CHURN_ALREADY_FLAGGED'));
});
