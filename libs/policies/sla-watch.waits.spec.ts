import * as e from '@rapport/domain/events';
import { reactionTo, type NewEvent, type Row } from '@rapport/kernel';
import { reactionsOf, recorded } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';
import { hour, of, registered, look } from './sla-watch.story';

const { given } = reactionsOf(slaWatch);

/** What follows from the last of these, where somebody of that role has sent all but the first. */
const toldBy = (role: string, ...events: NewEvent[]): readonly object[] => {
  let [row, sent]: [Row | null, readonly object[]] = [null, []];
  for (const [n, event] of events.entries()) {
    const heard = recorded(event, n);
    const meta = { ...heard.meta, ...(n > 0 && { actorRole: role }) };
    ({ row, send: sent } = reactionTo(slaWatch, row, 't-1', { ...heard, meta }));
  }
  return sent;
};

describe('the clocks of a ticket are looked at', () => {
  it('when it waits for the customer, and when it goes on (SYS-21.5)', () => {
    const asked = { ...of, question: 'which?', interactionId: 'mail-1', waitingSince: hour(1) };
    const waits = e.TicketWaitingForCustomer.of(asked, hour(1));
    const waiting = { waiting: { since: hour(1), questionId: 'mail-1' } };
    for (const role of ['SUPERVISOR', 'DEPARTMENT_HEAD', 'SYSTEM', 'MIGRATION'])
      expect(toldBy(role, registered, waits)).toEqual([look(2, waiting)]);
    const goesOn = e.TicketResumed.of({ ...of, waitingSince: hour(1), resumedAt: hour(3) }, hour(3));
    expect(toldBy('SUPERVISOR', registered, waits, goesOn)).toEqual([look(3, { resumedAt: hour(3) })]);
  });

  it('not when somebody below a supervisor notes that it waits: the clocks go on (handbook 10)', () => {
    const asked = { ...of, question: 'which?', interactionId: 'mail-1', waitingSince: hour(1) };
    const waits = e.TicketWaitingForCustomer.of(asked, hour(1));
    for (const role of ['SERVICE_SPECIALIST', 'ACCOUNT_MANAGER', 'SALES_CONSULTANT'])
      expect(toldBy(role, registered, waits)).toEqual([look(2, { waiting: { since: hour(1) } })]);
    given(registered, waits).then(look(2, { waiting: { since: hour(1) } }));
  });
});
