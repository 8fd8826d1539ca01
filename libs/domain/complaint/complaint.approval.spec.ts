import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './complaint.commands';
import { complaint } from './complaint.decider';
import * as e from './complaint.events';
import { ToldFindings, type ComplaintCause } from './complaint.values';

const as = (role: string, id = 'uma') =>
  scenario(complaint, { now: '2024-03-01T10:00:00.000Z', actor: { id, role } }).given;
const raisedAt = '2024-03-01T09:00:00.000Z';
const causes: ComplaintCause[] = ['LATE_DELIVERY'];
const about = { ticketId: 't-1', customerId: 'c-1', causes, raisedAt };
const harmless = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const lodged = e.ComplaintLodged.of({
  ...{ ...about, text: 'late!', emotion: 'UPSET', findings: harmless, channel: 'PHONE' },
});
const graded = (more: Partial<e.ComplaintGraded>) =>
  e.ComplaintGraded.of({
    ...{ ...about, level: 'ORDINARY', findings: harmless, ruleVersion: 1 },
    ...{ codes: ['NOTHING_GRAVER'], reasons: ['nothing graver was found'] },
    ...{ recurrence: false, priorityCustomer: false, tier: 'STANDARD', ...more },
  });
const major = graded({ level: 'MAJOR', codes: ['SAFETY'], findings: { ...harmless, safety: true } });
const lower = (approverId?: string) =>
  c.GradeComplaint.of({
    ...{ ticketId: 't-1', findings: hydrate(ToldFindings, harmless) },
    ...(approverId !== undefined && { approverId }),
  });
const facts = { ...about, type: 'COMPLAINT', channel: 'PHONE' };
const known = {
  ...{ ticket: { stage: 'working', of: facts }, value: { tier: 'STANDARD' } },
  customer: { stage: 'known', profile: {}, contacts: {} },
};

describe('a complaint becomes lighter', () => {
  it('by the word of a supervisor or the head, who names who approved it', () => {
    as('SUPERVISOR')(lodged, major).when(lower(), known).thenRefused('LEVEL_DOWN_UNAPPROVED');
    for (const role of ['SUPERVISOR', 'DEPARTMENT_HEAD', 'SENIOR_MANAGEMENT'])
      for (const approverId of ['uma', 'hua'])
        as(role)(lodged, major)
          .when(lower(approverId), known)
          .then(graded({ from: 'MAJOR', approverId }));
  });
  it('not by a name that somebody below a supervisor, the CRM manager or the owner writes down', () => {
    for (const role of ['SERVICE_SPECIALIST', 'ACCOUNT_MANAGER', 'CRM_MANAGER'])
      for (const approverId of ['uma', 'hua'])
        as(role)(lodged, major).when(lower(approverId), known).thenRefused('LEVEL_DOWN_UNAPPROVED');
    const owned = (ownerId: string) => ({
      ...known,
      ticket: { ...known.ticket, of: { ...facts, ownerId } },
    });
    as('SUPERVISOR')(lodged, major).when(lower('hua'), owned('uma')).thenRefused('LEVEL_DOWN_UNAPPROVED');
    as('SUPERVISOR')(lodged, major).when(lower('ann'), owned('ann')).thenRefused('LEVEL_DOWN_UNAPPROVED');
  });
  it('and no approver is kept of a grade that is not lower', () => {
    const [event] = as('SERVICE_SPECIALIST')(lodged).when(lower('hua'), known).decided();
    expect(event?.data).not.toHaveProperty('approverId');
  });
});
