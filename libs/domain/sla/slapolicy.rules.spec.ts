import { BUILT_IN_POLICY } from './slapolicy.builtin.rules';
import { underCommitments, shareOfRuling, type CommittedTime } from './slapolicy.commitments.rules';
import { rulingsOf, type Rulings, type Starts } from './slapolicy.rules';
import type { SlaCase } from './slapolicy.values';
import type { SlaMoment } from './sla.values';
import { BUILT_IN_CALENDAR } from './workingcalendar.builtin.rules';

/** A moment of 2024 by the clock in Shanghai: `at('03-01 17:00')`. */
const at = (text: string): string => new Date(`2024-${text.replace(' ', 'T')}:00+08:00`).toISOString();
const RAISED = at('03-01 17:00');
const plain: SlaCase = { isEnquiry: false, priorityCustomer: false };
const ruled = (of: Partial<SlaCase>, starts: Starts = { RAISED }): Rulings =>
  rulingsOf({ ...plain, ...of }, starts, BUILT_IN_POLICY, BUILT_IN_CALENDAR);
/** What is due and by which rule, moment by moment. */
const told = (rulings: Rulings) =>
  Object.fromEntries(Object.entries(rulings).map(([moment, { due, rule }]) => [moment, [due, rule]]));

describe('the worked example WE-01: functional, IMPORTANT, a VIP', () => {
  const rulings = ruled({ type: 'FUNCTIONAL', urgency: 'IMPORTANT', priorityCustomer: true });
  it('has the deadlines of the handbook', () =>
    expect(told(rulings)).toEqual({
      FIRST_RESPONSE: [at('03-02 17:00'), 'SLA-IMP'],
      PLAN: [at('03-06 18:00'), 'SLA-IMP'],
      RESOLVE: [at('03-22 18:00'), 'SLA-IMP'],
    }));
  it('names SLA-ANY as the loser of the tie: the more specific rule wins', () =>
    expect(rulings.FIRST_RESPONSE?.losers.map(({ rule, due }) => [rule, due])).toEqual([
      ['SLA-ANY', at('03-02 17:00')],
    ]));
  it('is kept informed every 24 h as a VIP, an ordinary customer every 48 h', () => {
    const synced = { RAISED, LAST_SYNC: at('03-02 14:30') };
    expect(ruled({ urgency: 'IMPORTANT', priorityCustomer: true }, synced).PROGRESS_SYNC?.due).toBe(
      at('03-03 14:30'),
    );
    expect(ruled({ urgency: 'IMPORTANT' }, synced).PROGRESS_SYNC?.due).toBe(at('03-04 14:30'));
  });
  it('the customer agreed in writing to 26 March: RESOLVE moves there from the 22nd', () => {
    const range = commitment({ moment: 'RESOLVE', dueAt: at('03-27 00:00'), agreedInWriting: true });
    const moved = underCommitments(rulings, [range]);
    expect(moved.RESOLVE).toMatchObject({
      due: at('03-27 00:00'),
      ruled: at('03-22 18:00'),
      commitmentId: 'p-1',
    });
    expect([moved.FIRST_RESPONSE, moved.PLAN]).toEqual([rulings.FIRST_RESPONSE, rulings.PLAN]);
  });
});

describe('an enquiry of Friday (2.4)', () => {
  const enquiry = (raised: string, priorityCustomer = false) =>
    ruled({ urgency: 'ROUTINE', isEnquiry: true, priorityCustomer }, { RAISED: at(raised) }).FIRST_RESPONSE;
  it('at 16:30, ordinary customer: SLA-ENQ would give Mon 11:30, SLA-ANY wins with Sat 16:30', () => {
    expect(enquiry('03-01 16:30')).toMatchObject({ rule: 'SLA-ANY', due: at('03-02 16:30') });
    expect(enquiry('03-01 16:30')?.losers).toMatchObject([{ rule: 'SLA-ENQ', due: at('03-04 11:30') }]);
  });
  it('at 10:00 is due at 14:00: SLA-ENQ wins', () =>
    expect(enquiry('03-01 10:00')).toMatchObject({ rule: 'SLA-ENQ', due: at('03-01 14:00') }));
  it('at 16:30, priority customer: Sat 08:30, SLA-ENQ wins', () =>
    expect(enquiry('03-01 16:30', true)).toMatchObject({
      rule: 'SLA-ENQ',
      due: at('03-02 08:30'),
      tier: 'PRIORITY',
    }));
});

describe('the table of version 1', () => {
  it('ROUTINE: answer in 24 h, plan in 5, resolution in 30 working days', () =>
    expect(told(ruled({ urgency: 'ROUTINE' }))).toEqual({
      FIRST_RESPONSE: [at('03-02 17:00'), 'SLA-ANY'],
      PLAN: [at('03-08 18:00'), 'SLA-ROU'],
      RESOLVE: [at('04-12 18:00'), 'SLA-ROU'],
    }));
  it('URGENT: 30 min, 2 h, 24 h, 3 working days', () =>
    expect(told(ruled({ urgency: 'URGENT' }))).toEqual({
      ACKNOWLEDGE: [at('03-01 17:30'), 'SLA-URG'],
      FIRST_RESPONSE: [at('03-01 19:00'), 'SLA-URG'],
      PLAN: [at('03-02 17:00'), 'SLA-URG'],
      RESOLVE: [at('03-06 18:00'), 'SLA-URG'],
    }));
  it('an ORDINARY complaint of class IMPORTANT has its plan due with its resolution, not after 3 working days', () => {
    const rulings = ruled({ type: 'COMPLAINT', urgency: 'IMPORTANT', complaintLevel: 'ORDINARY' });
    expect(rulings.RESOLVE).toMatchObject({ rule: 'SLA-CMP1', due: at('03-02 17:00') });
    expect(rulings.PLAN).toMatchObject({
      ...{ rule: 'SLA-IMP', ruled: at('03-06 18:00'), due: at('03-02 17:00'), clippedBy: 'RESOLVE' },
      counted: { start: RAISED, within: { kind: 'CONTINUOUS', minutes: 1440 } },
    });
    expect(rulings.FIRST_RESPONSE).toMatchObject({ rule: 'SLA-CMP1', due: at('03-01 18:00') });
  });
  it('a complaint that nobody has graded yet counts as ordinary', () =>
    expect(ruled({ type: 'COMPLAINT', urgency: 'ROUTINE' })).toEqual(
      ruled({ type: 'COMPLAINT', urgency: 'ROUTINE', complaintLevel: 'ORDINARY' }),
    ));
  it('the level of something that is no complaint means nothing', () =>
    expect(ruled({ type: 'SERVICE', urgency: 'ROUTINE', complaintLevel: 'MAJOR' })).toEqual(
      ruled({ type: 'SERVICE', urgency: 'ROUTINE' }),
    ));
  it('a MAJOR complaint has its plan due 2 h after the green channel opened, and its acknowledgement in 30 min', () => {
    const starts = { RAISED, GREEN_CHANNEL_OPENED: at('03-01 17:20') };
    const rulings = ruled({ type: 'COMPLAINT', urgency: 'URGENT', complaintLevel: 'MAJOR' }, starts);
    expect(told(rulings)).toEqual({
      ACKNOWLEDGE: [at('03-01 17:30'), 'SLA-CMP3'],
      FIRST_RESPONSE: [at('03-01 18:00'), 'SLA-CMP3'],
      PLAN: [at('03-01 19:20'), 'SLA-CMP3'],
      RESOLVE: [at('03-02 17:00'), 'SLA-CMP3'],
    });
  });
  it('Q1: the plan 2 h after the green channel opened (ST-03: 09:12 → 11:12); until then its class rules', () => {
    const of = { urgency: 'ROUTINE', quadrant: 1 } as const;
    const starts = { RAISED: at('03-18 09:10'), GREEN_CHANNEL_OPENED: at('03-18 09:12') };
    expect(ruled(of, starts).PLAN).toMatchObject({ rule: 'SLA-Q1', due: at('03-18 11:12') });
    expect(ruled(of).PLAN?.rule).toBe('SLA-ROU');
  });
  it('a requirement deviation has its revised plan due 48 h later (ST-02: Thu 10:00)', () =>
    expect(told(ruled({ urgency: 'IMPORTANT' }, { DEVIATION_DECLARED: at('03-12 10:00') }))).toEqual({
      PLAN: [at('03-14 10:00'), 'SLA-DEV'],
    }));
  it('a second communication: 24 h to answer, 2 working days to a plan, a word every 24 h', () => {
    const again = at('03-12 10:00');
    const rulings = ruled({ urgency: 'ROUTINE', round: 2 }, { DISSATISFIED: again, LAST_SYNC: again });
    expect(told(rulings)).toEqual({
      FIRST_RESPONSE: [at('03-13 10:00'), 'SLA-2ND'],
      PLAN: [at('03-14 18:00'), 'SLA-2ND'],
      PROGRESS_SYNC: [at('03-13 10:00'), 'SLA-2ND'],
    });
  });
  it('follow-up: 24 h after the solution; a return visit by the end of the third day after a delivery', () => {
    expect(ruled({}, { SOLUTION_DELIVERED: at('03-25 10:00') }).FOLLOW_UP?.due).toBe(at('03-26 10:00'));
    expect(ruled({}, { DELIVERY_COMPLETED: at('03-25 10:00') }).FOLLOW_UP).toMatchObject({
      ...{ rule: 'SLA-DLV', due: at('03-29 00:00') },
    });
  });
  it('what takes no more than three days is not kept informed of by the general rule; a problem after the sale is', () => {
    const starts = { RAISED, LAST_SYNC: RAISED };
    expect(ruled({ urgency: 'ROUTINE', expectedDays: 3 }, starts).PROGRESS_SYNC).toBeUndefined();
    expect(ruled({ urgency: 'ROUTINE', expectedDays: 4 }, starts).PROGRESS_SYNC?.due).toBe(at('03-03 17:00'));
    expect(ruled({ urgency: 'ROUTINE', expectedDays: 1, afterSale: true }, starts).PROGRESS_SYNC?.due).toBe(
      at('03-02 17:00'),
    );
  });
  it('says what each rule rests on', () =>
    expect(ruled({ urgency: 'ROUTINE' }).FIRST_RESPONSE?.basis).toBe('R-18'));
});

const commitment = (change: Partial<CommittedTime>): CommittedTime => ({
  ...{
    commitmentId: 'p-1',
    moment: 'RESOLVE',
    dueAt: at('03-07 12:00'),
    inWriting: true,
    agreedInWriting: false,
  },
  ...change,
});

describe('a commitment (2.4)', () => {
  const rulings = ruled({ urgency: 'IMPORTANT' });
  const due = (moment: SlaMoment, ...commitments: readonly CommittedTime[]) =>
    underCommitments(rulings, commitments)[moment]?.due;

  it('in writing and earlier than the deadline tightens it', () =>
    expect(due('RESOLVE', commitment({}))).toBe(at('03-07 12:00')));
  it('that was only said moves nothing', () =>
    expect(due('RESOLVE', commitment({ inWriting: false }))).toBe(at('03-22 18:00')));
  it('later than the deadline loosens RESOLVE and PLAN only with the agreement of the customer in writing', () => {
    const later = { dueAt: at('03-20 12:00') };
    expect(due('PLAN', commitment({ moment: 'PLAN', ...later }))).toBe(at('03-06 18:00'));
    expect(due('PLAN', commitment({ moment: 'PLAN', ...later, agreedInWriting: true }))).toBe(
      at('03-20 12:00'),
    );
  });
  it('never loosens FIRST_RESPONSE', () =>
    expect(
      due(
        'FIRST_RESPONSE',
        commitment({ moment: 'FIRST_RESPONSE', dueAt: at('03-04 12:00'), agreedInWriting: true }),
      ),
    ).toBe(at('03-02 17:00')));
  it('for an earlier RESOLVE takes the earlier moments with it', () => {
    const soon = underCommitments(rulings, [commitment({ dueAt: at('03-02 10:00') })]);
    expect(Object.values(soon).map((it) => it.due)).toEqual(Array(3).fill(at('03-02 10:00')));
    expect(soon.PLAN).toMatchObject({ clippedBy: 'RESOLVE', rule: 'SLA-IMP' });
  });
  it('for a later PLAN is still due with RESOLVE at the latest', () =>
    expect(due('PLAN', commitment({ moment: 'PLAN', dueAt: at('03-29 12:00'), agreedInWriting: true }))).toBe(
      at('03-22 18:00'),
    ));
  it('for a later RESOLVE loosens no plan that was clipped: the customer agreed to nothing else', () => {
    const complaint = ruled({ type: 'COMPLAINT', urgency: 'IMPORTANT' });
    const agreed = commitment({ dueAt: at('03-15 12:00'), agreedInWriting: true });
    const moved = underCommitments(complaint, [agreed]);
    expect([moved.PLAN?.due, moved.RESOLVE?.due]).toEqual([at('03-02 17:00'), at('03-15 12:00')]);
  });
  it('follows another one in the order in which they were made', () =>
    expect(
      due(
        'RESOLVE',
        commitment({}),
        commitment({ commitmentId: 'p-2', dueAt: at('03-15 12:00'), agreedInWriting: true }),
      ),
    ).toBe(at('03-15 12:00')));
  it('for a moment without a deadline gives it none', () =>
    expect(due('ACKNOWLEDGE', commitment({ moment: 'ACKNOWLEDGE' }))).toBeUndefined());
});

describe('the share of the time that a ruling gives', () => {
  it('is counted as the winner counts', () => {
    const { PLAN } = ruled({ urgency: 'IMPORTANT' });
    expect(PLAN && shareOfRuling(2, PLAN, BUILT_IN_CALENDAR)).toBe(at('03-11 18:00'));
  });
  it('is counted as the moment counts that clips it', () => {
    const { PLAN } = ruled({ type: 'COMPLAINT', urgency: 'IMPORTANT' });
    expect(PLAN && shareOfRuling(0.8, PLAN, BUILT_IN_CALENDAR)).toBe(at('03-02 12:12'));
  });
  it('is counted by the clock up to a time that was promised', () => {
    const moved = underCommitments(ruled({ urgency: 'IMPORTANT' }), [
      commitment({ dueAt: at('03-03 17:00') }),
    ]);
    expect(moved.RESOLVE && shareOfRuling(0.5, moved.RESOLVE, BUILT_IN_CALENDAR)).toBe(at('03-02 17:00'));
    expect(moved.RESOLVE && shareOfRuling(1, moved.RESOLVE, BUILT_IN_CALENDAR)).toBe(at('03-03 17:00'));
  });
});
