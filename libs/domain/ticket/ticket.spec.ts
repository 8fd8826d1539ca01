import { hydrate } from '@rapport/kernel';
import { scenario } from '@rapport/kernel/spec';
import * as c from './ticket.commands';
import { SpokenComplaint } from '../complaint/complaint.values';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { Attachment } from './ticket.values';

const NOW = '2024-03-04T09:00:00.000Z';
const raisedAt = '2024-03-01T09:00:00.000Z';
const { given } = scenario(ticket, { now: NOW });

const wanted = {
  ticketId: 't-1',
  customerId: 'c-1',
  urgency: 'IMPORTANT',
  channel: 'EMAIL',
  collectorId: 'sam',
  verbatim: 'we want to export our orders',
  raisedAt,
} as const;
const base = { ticketId: 't-1', customerId: 'c-1', urgency: 'IMPORTANT', raisedAt } as const;
const flags = { isEnquiry: false, isComplex: false };
const functional = { ...wanted, type: 'FUNCTIONAL' } as const;
const registered = e.TicketRegistered.of({ ...functional, ...flags }, raisedAt);
const of = { ...base, type: 'FUNCTIONAL' } as const;
const contacts = { lin: { active: true }, qiu: { active: false } };
const known = { customer: { stage: 'known', profile: {}, contacts } };
const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
const complaint = { ...findings, causes: ['LATE_DELIVERY'], emotion: 'UPSET' } as const;
const spokenOf = (words: Partial<SpokenComplaint>) => hydrate(SpokenComplaint, { ...complaint, ...words });
const file = (about: Attachment) => hydrate(Attachment, about);
const closed = e.TicketClosed.of({ ...of, outcome: 'CONFIRMED', closedAt: NOW, round: 1 });

describe('a ticket is taken in', () => {
  it('for a customer that exists, at the time the customer spoke', () => {
    given().when(c.RegisterTicket.of(functional), known).then(registered);
    const [event] = given().when(c.RegisterTicket.of(functional), known).decided();
    expect(event?.at).toBe(raisedAt);
    given()
      .when(c.RegisterTicket.of(functional), { customer: { stage: 'unknown' } })
      .thenRefused('CUSTOMER_UNKNOWN');
  });
  it('once: the same ticket again changes nothing', () => {
    given(registered).when(c.RegisterTicket.of(functional), known).thenNothing();
  });
  it('and another need under its id is refused, not lost', () => {
    for (const other of [{ customerId: 'c-2' }, { raisedAt: '2024-02-29T09:00:00.000Z' }])
      given(registered)
        .when(c.RegisterTicket.of({ ...functional, ...other }), known)
        .thenRefused('TICKET_ID_TAKEN');
  });
  it('with the industry and grade the customer had at that time', () => {
    const vip = {
      customer: { stage: 'known', profile: { INDUSTRY: 'manufacturing', GRADE: 'VIP' }, contacts },
    };
    const snapshot = { industry: 'manufacturing', grade: 'VIP' } as const;
    given()
      .when(c.RegisterTicket.of(functional), vip)
      .then(e.TicketRegistered.of({ ...functional, ...flags, ...snapshot }));
  });
  it('from an active contact of that customer', () => {
    given()
      .when(c.RegisterTicket.of({ ...functional, contactId: 'lin' }), known)
      .then(e.TicketRegistered.of({ ...functional, ...flags, contactId: 'lin' }));
    for (const contactId of ['qiu', 'nobody'])
      given()
        .when(c.RegisterTicket.of({ ...functional, contactId }), known)
        .thenRefused('CONTACT_UNKNOWN');
  });
  it('not from the future; this very moment is no future', () => {
    given()
      .when(c.RegisterTicket.of({ ...functional, raisedAt: '2024-03-04T09:00:00.001Z' }), known)
      .thenRefused('RAISED_IN_FUTURE');
    const just = { ...functional, raisedAt: NOW };
    given()
      .when(c.RegisterTicket.of(just), known)
      .then(e.TicketRegistered.of({ ...just, ...flags }));
  });
  it('without a type when it is still to be classified', () => {
    given()
      .when(c.RegisterTicket.of(wanted), known)
      .then(e.TicketRegistered.of({ ...wanted, ...flags }));
  });
  it('with a complaint only when it is one; the words are kept apart, where they are sealed', () => {
    const spoken = { ...wanted, type: 'COMPLAINT', complaint: spokenOf({ text: 'too late' }) } as const;
    given()
      .when(c.RegisterTicket.of(spoken), known)
      .then(e.TicketRegistered.of({ ...spoken, ...flags, complaint, complaintText: 'too late' }));
    given()
      .when(c.RegisterTicket.of({ ...functional, complaint: spokenOf({}) }), known)
      .thenRefused('NOT_A_COMPLAINT');
    given()
      .when(c.RegisterTicket.of({ ...wanted, complaint: spokenOf({}) }), known)
      .thenRefused('NOT_A_COMPLAINT');
    const unsaid = spokenOf({ causes: ['OTHER'] });
    const other = c.RegisterTicket.of({ ...wanted, type: 'COMPLAINT', complaint: unsaid });
    given().when(other, known).thenRefused('CAUSE_UNEXPLAINED');
  });
  it('with a complaint of which only the findings are named that were found', () => {
    const told = hydrate(SpokenComplaint, { causes: ['SYSTEM_OUTAGE'], emotion: 'ANGRY', safety: true });
    const found = { ...findings, safety: true, causes: ['SYSTEM_OUTAGE'], emotion: 'ANGRY' } as const;
    const spoken = { ...wanted, type: 'COMPLAINT' } as const;
    given()
      .when(c.RegisterTicket.of({ ...spoken, complaint: told }), known)
      .then(e.TicketRegistered.of({ ...spoken, ...flags, complaint: found }));
  });
  it('with attachments, the sensitive ones encrypted', () => {
    const attachments = [
      file({ name: 'passport.pdf', sensitive: true, encrypted: true }),
      file({ name: 'screen.png' }),
    ];
    given()
      .when(c.RegisterTicket.of({ ...functional, attachments }), known)
      .then(e.TicketRegistered.of({ ...functional, ...flags, attachments }));
    const open = c.RegisterTicket.of({
      ...functional,
      attachments: [file({ name: 'passport.pdf', sensitive: true })],
    });
    given().when(open, known).thenRefused('SENSITIVE_UNENCRYPTED');
  });
  it('only with a verbatim', () => {
    expect(() =>
      given()
        .when(c.RegisterTicket.of({ ...functional, verbatim: ' ' }), known)
        .decided(),
    ).toThrow('empty');
  });
});

describe('a ticket is described', () => {
  it('by amended details; the verbatim is not among them', () => {
    const amend = { ticketId: 't-1', distilled: 'batch export of orders' };
    given(registered)
      .when(c.AmendTicketDetails.of(amend))
      .then(e.TicketDetailsAmended.of({ ...of, distilled: amend.distilled }));
    given(registered)
      .when(c.AmendTicketDetails.of({ ticketId: 't-1' }))
      .thenRefused('NOTHING_TO_AMEND');
    given(registered, closed).when(c.AmendTicketDetails.of(amend)).thenRefused('TICKET_CLOSED');
  });
  it('by attachments', () => {
    const attachment = file({ name: 'screen.png' });
    given(registered)
      .when(c.AttachToTicket.of({ ticketId: 't-1', attachment }))
      .then(e.TicketAttachmentAdded.of({ ...of, attachment }));
    const secret = c.AttachToTicket.of({
      ticketId: 't-1',
      attachment: file({ name: 'id.png', sensitive: true }),
    });
    given(registered).when(secret).thenRefused('SENSITIVE_UNENCRYPTED');
  });
});

describe('a ticket is classified', () => {
  const unclassified = e.TicketRegistered.of({ ...wanted, ...flags }, raisedAt);
  const classified = { ...of, to: 'FUNCTIONAL', isEnquiry: false, channel: 'EMAIL' } as const;
  const asFunctional = c.ClassifyTicket.of({ ticketId: 't-1', type: 'FUNCTIONAL' });

  it('from nothing or from another type, and once', () => {
    given(unclassified).when(asFunctional).then(e.TicketClassified.of(classified));
    given(unclassified, e.TicketClassified.of(classified)).when(asFunctional).thenNothing();
    given(e.TicketRegistered.of({ ...wanted, ...flags, type: 'SERVICE' }))
      .when(asFunctional)
      .then(e.TicketClassified.of({ ...classified, from: 'SERVICE' }));
  });
  it('as an enquiry too', () => {
    given(registered)
      .when(c.ClassifyTicket.of({ ticketId: 't-1', type: 'FUNCTIONAL', isEnquiry: true }))
      .then(e.TicketClassified.of({ ...classified, from: 'FUNCTIONAL', isEnquiry: true }));
  });
  it('as a complaint, telling what had been done already', () => {
    const responded = e.FirstResponseRecorded.of({
      ...of,
      direction: 'we look into it',
      respondedAt: raisedAt,
    });
    const delivered = e.SolutionDelivered.of({ ...of, solution: 'done', deliveredAt: NOW, round: 1 });
    const assigned = e.LeadDepartmentAssigned.of({ ...of, to: 'PRODUCT', reassignment: false });
    const done = { respondedAt: raisedAt, deliveredAt: NOW, department: 'PRODUCT', complaint };
    given(registered, assigned, responded, delivered)
      .when(c.ClassifyTicket.of({ ticketId: 't-1', type: 'COMPLAINT', complaint: spokenOf({}) }))
      .then(
        e.TicketClassified.of({
          ...classified,
          ...done,
          type: 'COMPLAINT',
          to: 'COMPLAINT',
          from: 'FUNCTIONAL',
        }),
      );
    given(registered)
      .when(c.ClassifyTicket.of({ ticketId: 't-1', type: 'SERVICE', complaint: spokenOf({}) }))
      .thenRefused('NOT_A_COMPLAINT');
  });
});

describe('a ticket is weighed', () => {
  const reason = 'the line stands still';
  const urgent = c.ChangeTicketUrgency.of({ ticketId: 't-1', urgency: 'URGENT', reason });
  const changed = { ...of, urgency: 'URGENT', from: 'IMPORTANT', to: 'URGENT', reason } as const;

  it('by its urgency, from and to', () => {
    given(registered).when(urgent).then(e.TicketUrgencyChanged.of(changed));
    given(registered, e.TicketUrgencyChanged.of(changed)).when(urgent).thenNothing();
  });
  it('by at least one of them', () => {
    given(registered)
      .when(c.ChangeTicketUrgency.of({ ticketId: 't-1', reason }))
      .thenRefused('NOTHING_TO_CHANGE');
  });
});

describe('a ticket is taken back', () => {
  const withdraw = c.WithdrawTicket.of({ ticketId: 't-1', reason: 'solved by ourselves' });
  const withdrawn = e.TicketWithdrawn.of({ ...of, reason: 'solved by ourselves', withdrawnAt: NOW });

  it('once, and not when it is closed', () => {
    given(registered).when(withdraw).then(withdrawn);
    given(registered, withdrawn).when(withdraw).thenNothing();
    given(registered, closed).when(withdraw).thenRefused('TICKET_CLOSED');
    given().when(withdraw).thenRefused('TICKET_UNKNOWN');
  });
  it('which ends a wait for the customer', () => {
    const waiting = e.TicketWaitingForCustomer.of({
      ...of,
      question: 'which orders?',
      waitingSince: raisedAt,
    });
    const resumed = e.TicketResumed.of({ ...of, waitingSince: raisedAt, resumedAt: NOW });
    given(registered, waiting).when(withdraw).then(resumed, withdrawn);
  });
  it('and is then out of reach', () => {
    const attach = c.AttachToTicket.of({ ticketId: 't-1', attachment: file({ name: 'a' }) });
    given(registered, withdrawn).when(attach).thenRefused('TICKET_WITHDRAWN');
    const reopen = c.ReopenTicket.of({ ticketId: 't-1', reason: 'again' });
    given(registered, withdrawn)
      .when(reopen, { register: { last: 0, numbered: [] } })
      .thenRefused('TICKET_WITHDRAWN');
  });
  it('nothing happens to a ticket before it was raised', () => {
    const { given: earlier } = scenario(ticket, { now: '2024-03-01T08:59:59.999Z' });
    earlier(registered).when(withdraw).thenRefused('BEFORE_RAISED');
  });
});
