import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './complaint.commands';
import { complaint } from './complaint.decider';
import * as e from './complaint.events';
import { ToldFindings, type ComplaintCause } from './complaint.values';

const raisedAt = '2024-03-01T09:00:00.000Z';
const ann = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const at = (now: string, actor = ann) => scenario(complaint, { now, actor }).given;
const given = at('2024-03-01T10:00:00.000Z');

const harmless = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const findings = (found: Partial<ToldFindings> = {}) => hydrate(ToldFindings, { ...harmless, ...found });
const facts = { ticketId: 't-1', customerId: 'c-1', type: 'COMPLAINT', raisedAt, channel: 'PHONE' };
const ticket = { stage: 'working', of: facts };
const causes: ComplaintCause[] = ['LATE_DELIVERY'];
const lodge = c.LodgeComplaint.of({
  ticketId: 't-1',
  causes,
  text: 'late!',
  emotion: 'UPSET',
  findings: findings(),
});
const lodgedWith = (found: Partial<ToldFindings> = {}) =>
  e.ComplaintLodged.of({
    ...{ ticketId: 't-1', customerId: 'c-1', causes, text: 'late!', raisedAt },
    ...{ emotion: 'UPSET', findings: { ...harmless, ...found }, channel: 'PHONE' },
  });

describe('a complaint is lodged', () => {
  it('on a ticket of type COMPLAINT, once', () => {
    given().when(lodge, { ticket }).then(lodgedWith());
    given(lodgedWith()).when(lodge, { ticket }).thenNothing();
    given()
      .when(lodge, { ticket: { stage: 'unregistered' } })
      .thenRefused('TICKET_UNKNOWN');
  });
  it('with every finding, found or not, whatever the sender left out', () => {
    const { findings: _, ...silent } = lodge;
    given().when(c.LodgeComplaint.of(silent), { ticket }).then(lodgedWith());
    const leak = hydrate(ToldFindings, { dataLeak: true, personComplainedAbout: 'bob' });
    given()
      .when(c.LodgeComplaint.of({ ...silent, findings: leak }), { ticket })
      .then(lodgedWith({ dataLeak: true, personComplainedAbout: 'bob' }));
  });
  it('on no other ticket', () => {
    for (const type of ['SERVICE', undefined])
      given()
        .when(lodge, { ticket: { ...ticket, of: { ...facts, type } } })
        .thenRefused('NOT_A_COMPLAINT');
  });
  it('with words when the cause is OTHER', () => {
    const silent = {
      ticketId: 't-1',
      causes: ['HIDDEN_FEE', 'OTHER'],
      emotion: 'CALM',
      findings: findings(),
    } as const;
    given().when(c.LodgeComplaint.of(silent), { ticket }).thenRefused('CAUSE_UNEXPLAINED');
    const [event] = given()
      .when(c.LodgeComplaint.of({ ...silent, text: 'the smell' }), { ticket })
      .decided();
    expect(event?.data).toMatchObject({ causes: ['HIDDEN_FEE', 'OTHER'], text: 'the smell' });
  });
  it('what is only an objection is kept as one, on any ticket', () => {
    const objection = { ticketId: 't-1', objection: 'three weeks?', answer: 'two for the template' };
    given()
      .when(c.RecordObjection.of(objection), { ticket: { ...ticket, of: { ...facts, type: 'FUNCTIONAL' } } })
      .then(e.ObjectionRecorded.of({ ...objection, customerId: 'c-1' }));
    given()
      .when(c.RecordObjection.of(objection), { ticket: { stage: 'unregistered' } })
      .thenRefused('TICKET_UNKNOWN');
    given(e.ObjectionRecorded.of({ ...objection, customerId: 'c-1' }))
      .when(lodge, { ticket })
      .then(lodgedWith());
  });
});

const plain = { stage: 'known', profile: {}, contacts: {} };
const known = { ticket, customer: plain, value: { tier: 'STANDARD' } };
const grade = (about: Partial<c.GradeComplaint> = {}) => c.GradeComplaint.of({ ticketId: 't-1', ...about });
const graded = (about: Partial<e.ComplaintGraded> = {}) =>
  e.ComplaintGraded.of({
    ...{ ticketId: 't-1', customerId: 'c-1', causes, raisedAt, level: 'ORDINARY', findings: { ...harmless } },
    ...{ codes: ['NOTHING_GRAVER'], reasons: ['nothing graver was found'], ruleVersion: 1 },
    ...{ recurrence: false, priorityCustomer: false, tier: 'STANDARD', ...about },
  });

describe('a complaint is graded', () => {
  it('ORDINARY when nothing graver is found', () => {
    given(lodgedWith()).when(grade(), known).then(graded());
    given(lodgedWith(), graded()).when(grade(), known).thenNothing();
    given().when(grade(), known).thenRefused('COMPLAINT_UNKNOWN');
  });
  it.each([
    ['businessInterrupted', 'BUSINESS_INTERRUPTED', "the customer's business is interrupted"],
    ['dataLeak', 'DATA_LEAK', 'data has leaked'],
    ['publicThreat', 'PUBLIC_THREAT', 'law, a regulator or the media are threatened'],
    ['safety', 'SAFETY', 'the safety of people is at stake'],
  ] as const)('MAJOR for %s', (found, code, reason) => {
    const major = graded({
      level: 'MAJOR',
      findings: { ...harmless, [found]: true },
      codes: [code],
      reasons: [reason],
    });
    given(lodgedWith({ [found]: true }))
      .when(grade(), known)
      .then(major);
  });
  it('SERIOUS for a priority customer: VIP, key account, strategic partner or of high value', () => {
    const profiles = [{ GRADE: 'VIP' }, { KEY_ACCOUNT: 'YES' }, { STRATEGIC_PARTNER: 'YES' }];
    const serious = {
      ...{ level: 'SERIOUS', codes: ['PRIORITY_CUSTOMER'], reasons: ['it comes from a priority customer'] },
      priorityCustomer: true,
    } as Partial<e.ComplaintGraded>;
    for (const profile of profiles)
      given(lodgedWith())
        .when(grade(), { ...known, customer: { ...plain, profile } })
        .then(graded(serious));
    given(lodgedWith())
      .when(grade(), { ...known, value: { tier: 'HIGH_VALUE' } })
      .then(graded({ ...serious, tier: 'HIGH_VALUE' }));
    const regular = { ...plain, profile: { GRADE: 'REGULAR', KEY_ACCOUNT: 'NO', STRATEGIC_PARTNER: 'NO' } };
    given(lodgedWith())
      .when(grade(), { ...known, customer: regular, value: { tier: 'GROWTH' } })
      .then(graded({ tier: 'GROWTH' }));
  });
  it('SERIOUS for the second on the same cause', () => {
    const reasons = ['it is the second on the same cause within 30 days'];
    given(lodgedWith())
      .when(grade({ recurrence: true }), known)
      .then(graded({ level: 'SERIOUS', codes: ['RECURRENCE'], reasons, recurrence: true }));
  });
  it('SERIOUS when 24 hours have passed without a solution, not a moment earlier', () => {
    const unresolved = graded({
      ...{
        level: 'SERIOUS',
        codes: ['UNRESOLVED'],
        reasons: ['it is unresolved 24 hours after it was raised'],
      },
    });
    const day = '2024-03-02T09:00:00.000Z';
    at(day)(lodgedWith()).when(grade(), known).then(unresolved);
    at('2024-03-02T08:59:59.999Z')(lodgedWith()).when(grade(), known).then(graded());
    const solved = { ...known, ticket: { stage: 'solved', of: facts, solvedAt: day } };
    at(day)(lodgedWith()).when(grade(), solved).then(graded());
    at(day)(lodgedWith())
      .when(grade(), { ...solved, ticket: { ...solved.ticket, solvedAt: '2024-03-02T09:00:00.001Z' } })
      .then(unresolved);
    at(day)(lodgedWith())
      .when(grade(), { ...known, ticket: { stage: 'closed', of: facts } })
      .then(graded());
  });
  it('and stays the second on its cause when it is graded again', () => {
    const again = graded({ level: 'SERIOUS', codes: ['RECURRENCE'], recurrence: true });
    given(lodgedWith(), again).when(grade(), known).thenNothing();
    given(lodgedWith(), again)
      .when(grade({ recurrence: false }), known)
      .thenRefused('LEVEL_DOWN_UNAPPROVED');
  });
  it('by the gravest line, with every line that holds as a reason', () => {
    const [event] = given(lodgedWith({ safety: true, dataLeak: true }))
      .when(grade({ recurrence: true }), { ...known, value: { tier: 'HIGH_VALUE' } })
      .decided();
    expect(event?.data).toMatchObject({
      level: 'MAJOR',
      codes: ['DATA_LEAK', 'SAFETY', 'PRIORITY_CUSTOMER', 'RECURRENCE'],
    });
  });
  it('again by what has been found out since', () => {
    const leak = {
      findings: { ...harmless, dataLeak: true },
      codes: ['DATA_LEAK'],
      reasons: ['data has leaked'],
    };
    given(lodgedWith(), graded())
      .when(grade({ findings: findings({ dataLeak: true }) }), known)
      .then(graded({ ...leak, from: 'ORDINARY', level: 'MAJOR' }));
  });
  it('and what is not named now stays as it was found', () => {
    const both = { ...harmless, dataLeak: true, safety: true };
    const reasons = ['data has leaked', 'the safety of people is at stake'];
    const major = { level: 'MAJOR', findings: both, codes: ['DATA_LEAK', 'SAFETY'], reasons } as const;
    given(lodgedWith({ safety: true }))
      .when(grade({ findings: hydrate(ToldFindings, { dataLeak: true }) }), known)
      .then(graded(major));
  });
  it('not by the person complained about, even if a later finding leaves the name out', () => {
    const about = { personComplainedAbout: 'ann' };
    given(lodgedWith(about)).when(grade(), known).thenRefused('CONFLICT_OF_INTEREST');
    const other = grade({ findings: findings({ personComplainedAbout: 'bob' }) });
    given(lodgedWith(about)).when(other, known).thenRefused('CONFLICT_OF_INTEREST');
    given(lodgedWith())
      .when(grade({ findings: findings(about) }), known)
      .thenRefused('CONFLICT_OF_INTEREST');
  });
});

describe('a complaint is raised', () => {
  const raise = (to: 'ORDINARY' | 'SERIOUS' | 'MAJOR') =>
    c.RaiseComplaintLevel.of({ ticketId: 't-1', to, because: 'the press called' });
  const raised = (from: 'ORDINARY' | 'SERIOUS', to: 'SERIOUS' | 'MAJOR') =>
    e.ComplaintLevelRaised.of({
      ticketId: 't-1',
      customerId: 'c-1',
      causes,
      raisedAt,
      from,
      to,
      because: 'the press called',
    });

  it('and only raised; to where it is already is nothing', () => {
    given(lodgedWith(), graded()).when(raise('MAJOR')).then(raised('ORDINARY', 'MAJOR'));
    given(lodgedWith(), graded(), raised('ORDINARY', 'SERIOUS'))
      .when(raise('MAJOR'))
      .then(raised('SERIOUS', 'MAJOR'));
    given(lodgedWith(), graded(), raised('ORDINARY', 'SERIOUS')).when(raise('SERIOUS')).thenNothing();
    given(lodgedWith(), graded(), raised('ORDINARY', 'MAJOR'))
      .when(raise('SERIOUS'))
      .thenRefused('LEVEL_NOT_RAISED');
  });
  it('when it has a level', () => {
    given().when(raise('MAJOR')).thenRefused('COMPLAINT_UNKNOWN');
    given(lodgedWith()).when(raise('MAJOR')).thenRefused('COMPLAINT_NOT_GRADED');
  });
  it('and is not graded down again by the rules', () => {
    given(lodgedWith(), graded(), raised('ORDINARY', 'SERIOUS'))
      .when(grade(), known)
      .thenRefused('LEVEL_DOWN_UNAPPROVED');
  });
});
