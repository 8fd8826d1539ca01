import { AssessChurnRisk, ClearChurnFlag } from '@rapport/domain/commands';
import * as events from '@rapport/domain/events';
import { daysAfter, type ChurnSignalCode, type ComplaintLevel } from '@rapport/domain/values';
import { givenEventId, reactionsOf } from '@rapport/kernel/spec';
import { churnWatch } from './churn-watch.policy';

const { given } = reactionsOf(churnWatch);
const customerId = 'c-1';
const START = '2024-01-02T00:00:00.000Z';
const SILENT = '2024-04-01T00:00:00.000Z';
const LONG = '2024-06-30T00:00:00.000Z';

const silent = events.CustomerTurnedSilent.of(
  {
    ...{ customerId, lastActivityAt: START, lastActivityEventId: 'e-0', tier: 'STANDARD' },
    ...{ thresholdDays: 90, silentSince: SILENT },
  },
  SILENT,
);
const reawakened = (at: string) =>
  events.CustomerReawakened.of(
    { customerId, activityAt: at, activityEventId: 'e-9', activity: 'PURCHASE', silentSince: SILENT },
    at,
  );
const ticket = { ticketId: 't-1', customerId, urgency: 'ROUTINE', raisedAt: START } as const;
const intake = {
  isEnquiry: false,
  isComplex: false,
  channel: 'PHONE',
  verbatim: 'no',
  collectorId: 'ann',
} as const;
const registered = (ticketId = 't-1') =>
  events.TicketRegistered.of({ ...ticket, ticketId, ...intake }, START);
const complaint = { ticketId: 't-1', customerId, causes: ['POOR_QUALITY'], raisedAt: START } as const;
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const graded = (level: ComplaintLevel, ticketId = 't-1') =>
  events.ComplaintGraded.of(
    {
      ...{
        ...complaint,
        ticketId,
        level,
        findings,
        codes: [],
        reasons: [],
        ruleVersion: 1,
        recurrence: false,
      },
      ...{ priorityCustomer: false, tier: 'STANDARD' },
    },
    START,
  );
const raised = (at: string) =>
  events.ComplaintLevelRaised.of(
    { ...complaint, from: 'ORDINARY', to: 'SERIOUS', because: 'unresolved' },
    at,
  );
const closed = (at: string, ticketId = 't-1') =>
  events.TicketClosed.of({ ...ticket, ticketId, outcome: 'CONFIRMED', closedAt: at, round: 1 }, at);
const reopened = (at: string) =>
  events.TicketReopened.of(
    {
      ...ticket,
      reason: 'again',
      reopenedAt: at,
      withinRecurrence: true,
      round: 2,
      isEnquiry: false,
      channel: 'PHONE',
    },
    at,
  );
const assessed = (at: string) =>
  events.ChurnRiskAssessed.of({ customerId, score: 0, level: 'LOW', signals: [], ruleVersion: 1 }, at);
const flagged = events.ChurnRiskFlagged.of({ customerId, reason: 'they told us' }, START);
const churned = (at: string) =>
  events.CustomerChurned.of({ customerId, reason: 'PRICE', stageBefore: 'DECLINE' }, at);

const signal = (code: ChurnSignalCode, event: number, since: string, expiresAt?: string) => ({
  ...{ code, sourceEventId: givenEventId(event), since },
  ...(expiresAt !== undefined && { expiresAt }),
});
const assess = (...signals: ReturnType<typeof signal>[]) => AssessChurnRisk.of({ customerId, signals });

describe('a silence', () => {
  const both = [signal('SILENCE', 0, SILENT), signal('LONG_SILENCE', 0, LONG)];

  it('is assessed at once, and again when twice the threshold has passed (SYS-40.5)', () => {
    given(silent).then(assess(...both));
    given(silent).waits(customerId, LONG, assess(...both));
  });
  it('ends with both its signals when the customer acts again', () => {
    given(silent, reawakened(daysAfter(SILENT, 5))).then(assess());
    given(silent, reawakened(daysAfter(SILENT, 5))).waitsNoMore(customerId);
  });
  it('waits for nothing more once it is long', () => given(silent, assessed(LONG)).waitsNoMore(customerId));
});

describe('a decline of use', () => {
  const decline = { customerId, detectedAt: SILENT } as const;
  const detected = events.UsageDeclineDetected.of({ ...decline, recentSeconds: 0, beforeSeconds: 9 }, SILENT);
  const ended = events.UsageDeclineEnded.of({ ...decline, endedAt: LONG, how: 'RECOVERED' }, LONG);
  it('counts until it is over', () => {
    given(detected).then(assess(signal('USAGE_DECLINE', 0, SILENT)));
    given(detected).waitsNoMore(customerId);
    given(detected, ended).then(assess());
  });
});

describe('a broken commitment', () => {
  const broken = (commitmentId: string, at: string) =>
    events.CommitmentBroken.of(
      {
        ...{ commitmentId, customerId, kind: 'DELIVERY', makerId: 'ann', madeAt: START },
        ...{ dueAt: at, brokenAt: at },
      },
      at,
    );
  const FIRST = daysAfter(START, 3);
  const SECOND = daysAfter(START, 10);

  it('counts for 30 days, and then is assessed again', () => {
    const ending = assess(signal('BROKEN_COMMITMENT', 0, FIRST, daysAfter(FIRST, 30)));
    given(broken('k-1', FIRST)).then(ending);
    given(broken('k-1', FIRST)).waits(customerId, daysAfter(FIRST, 30), ending);
    given(broken('k-1', FIRST), assessed(daysAfter(FIRST, 30))).waitsNoMore(customerId);
  });
  it('counts from the last one, whatever is told late', () => {
    const last = (event: number) => assess(signal('BROKEN_COMMITMENT', event, SECOND, daysAfter(SECOND, 30)));
    given(broken('k-1', FIRST), broken('k-2', SECOND)).then(last(1));
    given(broken('k-2', SECOND), broken('k-1', FIRST)).then();
  });
});

describe('missed deadlines', () => {
  const day = (n: number) => daysAfter(START, n);
  const missed = (at: string) =>
    events.SlaClockBreached.of(
      {
        ...{ ...ticket, moment: 'PLAN', round: 1, isEnquiry: false, startAt: START, dueAt: at, heard: 1 },
        ...{ breachedAt: at, level: 'SUPERVISOR', priorityCustomer: false, reasonDueAt: at },
      },
      at,
    );
  const two = (event: number, since: string, first: string) =>
    assess(signal('SLA_BREACHES', event, since, daysAfter(first, 30)));

  it('are a signal from the second one on, as long as both lie within 30 days (2.5)', () => {
    given(missed(day(3))).then();
    given(missed(day(3)), missed(day(10))).then(two(1, day(10), day(3)));
    given(missed(day(3)), missed(day(10))).waits(customerId, day(33), two(1, day(10), day(3)));
    given(missed(day(3)), missed(day(10)), assessed(day(33))).waitsNoMore(customerId);
    given(missed(day(3)), missed(day(32))).then(two(1, day(32), day(3)));
    given(missed(day(3)), missed(day(33))).then();
  });
  it('count by their own time, in whatever order they are told, and the last two say how long', () => {
    given(missed(day(10)), missed(day(3))).then(two(0, day(10), day(3)));
    given(missed(day(3)), missed(day(10)), missed(day(20))).then(two(2, day(20), day(10)));
    given(missed(day(10)), missed(day(20)), missed(day(3))).then();
  });
});

describe('a serious complaint', () => {
  const CLOSED = daysAfter(START, 3);
  const END = daysAfter(START, 33);

  it('counts as long as its ticket is open', () => {
    given(registered(), graded('SERIOUS')).then(assess(signal('SERIOUS_COMPLAINT', 1, START)));
    given(registered(), graded('MAJOR')).then(assess(signal('SERIOUS_COMPLAINT', 1, START)));
    given(registered(), graded('MAJOR')).waitsNoMore(customerId);
  });
  it('is one from the grade on, or from the moment it rises', () => {
    given(registered(), graded('ORDINARY')).then();
    given(registered(), graded('ORDINARY'), raised(CLOSED)).then(
      assess(signal('SERIOUS_COMPLAINT', 2, CLOSED)),
    );
  });
  it('that is graded lower is none', () =>
    given(registered(), graded('MAJOR'), graded('ORDINARY')).then(assess()));
  it('that rises further stays the same signal', () =>
    given(registered(), graded('SERIOUS'), graded('MAJOR')).then());
  it('counts for 30 days after it was closed or withdrawn, and then is assessed again', () => {
    const ending = assess(signal('SERIOUS_COMPLAINT', 1, START, END));
    given(registered(), graded('SERIOUS'), closed(CLOSED)).then(ending);
    given(registered(), graded('SERIOUS'), closed(CLOSED)).waits(customerId, END, ending);
    const withdrawn = events.TicketWithdrawn.of(
      { ...ticket, reason: 'mistake', withdrawnAt: CLOSED },
      CLOSED,
    );
    given(registered(), graded('SERIOUS'), withdrawn).waits(customerId, END, ending);
    given(registered(), graded('SERIOUS'), closed(CLOSED), assessed(END)).waitsNoMore(customerId);
  });
  it('counts without end again when its ticket is reopened, even long after', () => {
    const again = [
      registered(),
      graded('SERIOUS'),
      closed(CLOSED),
      assessed(END),
      reopened(daysAfter(END, 9)),
    ];
    given(...again).then(assess(signal('SERIOUS_COMPLAINT', 1, START)));
    given(...again).waitsNoMore(customerId);
  });
  it('counts also when its grade comes after its closing', () =>
    given(registered(), closed(CLOSED), graded('SERIOUS')).then(
      assess(signal('SERIOUS_COMPLAINT', 2, START, END)),
    ));
  it('whose ticket nobody remembers counts no more', () => given(graded('SERIOUS')).then());
  it('is remembered with the hundred that were closed last', () => {
    const many = Array.from({ length: 101 }, (_, n) => [
      registered(`t-${n}`),
      closed(CLOSED, `t-${n}`),
    ]).flat();
    given(...many, graded('SERIOUS', 't-0')).then();
    given(...many, graded('SERIOUS', 't-1')).then(assess(signal('SERIOUS_COMPLAINT', 202, START, END)));
  });
  it('is one of two: each waits for its own end', () => {
    const two = [registered('t-1'), registered('t-2'), graded('SERIOUS', 't-1'), graded('SERIOUS', 't-2')];
    const [first, second] = [closed(CLOSED, 't-1'), closed(daysAfter(CLOSED, 2), 't-2')];
    const signals = assess(
      signal('SERIOUS_COMPLAINT', 3, START, daysAfter(END, 2)),
      signal('SERIOUS_COMPLAINT', 2, START, END),
    );
    given(...two, first, second).waits(customerId, END, signals);
    const left = assess(signal('SERIOUS_COMPLAINT', 3, START, daysAfter(END, 2)));
    given(...two, first, second, assessed(END)).waits(customerId, daysAfter(END, 2), left);
  });
});

describe('a flag', () => {
  it('is a signal until it is cleared', () => {
    given(flagged).then(assess(signal('MANUAL_FLAG', 0, START)));
    given(flagged, events.ChurnFlagCleared.of({ customerId, reason: 'a mistake' }, SILENT)).then(assess());
  });
});

describe('a customer who left', () => {
  const clear = ClearChurnFlag.of({ customerId, reason: 'the customer has churned' });

  it('gives no signals any more, and no flag stays behind', () => {
    given(silent, churned(LONG)).then(assess());
    given(silent, churned(LONG)).waitsNoMore(customerId);
    given(flagged, churned(LONG)).then(assess(), clear);
    given(churned(LONG)).then();
    given(churned(LONG), registered(), graded('SERIOUS')).then();
  });
  it('gives those that still hold when won back', () => {
    const back = events.CustomerWonBack.of({ customerId, purchaseId: 'p-1' }, LONG);
    const history = [registered(), graded('SERIOUS'), churned(SILENT), back];
    given(...history).then(assess(signal('SERIOUS_COMPLAINT', 1, START)));
    given(silent, churned(SILENT), back).then();
  });
});

it('an assessment never goes back: what comes late is waited for from the last one on', () => {
  const late = [assessed(LONG), silent];
  given(...late).then(assess(signal('SILENCE', 1, SILENT), signal('LONG_SILENCE', 1, LONG)));
  given(...late).waitsNoMore(customerId);
});
