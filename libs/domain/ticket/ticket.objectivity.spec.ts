import { scenario } from '@rapport/kernel/spec';
import fc from 'fast-check';
import * as c from './ticket.commands';
import { ticket } from './ticket.decider';
import * as e from './ticket.events';
import { subjectiveWordsIn } from './ticket.objectivity';

const raisedAt = '2024-03-01T09:00:00.000Z';
const { given } = scenario(ticket);
const of = { ticketId: 't-1', customerId: 'c-1', type: 'SERVICE', urgency: 'ROUTINE', raisedAt } as const;
const told = { channel: 'PHONE', verbatim: 'I feel it is probably broken', collectorId: 'sam' } as const;
const flags = { isEnquiry: false, isComplex: false };
const registered = e.TicketRegistered.of({ ...of, ...told, ...flags }, raisedAt);
const known = { customer: { stage: 'known', profile: {}, contacts: {} } };
const feels = { distilled: 'The customer feels it is probably too complex' };
const subjectiveWords = ['feels', 'probably'];

describe('a summary is objective', () => {
  it.each([
    ['The customer feels that it is complex', ['feels']],
    ['FEELS; feels; Feels', ['feels']],
    ['He thinks it seems slow, which is annoying', ['thinks', 'seems', 'annoying']],
    ['客户感觉操作复杂', ['感觉']],
    ['客户觉得好像可能有问题', ['觉得', '好像', '可能']],
    ['有可能丢失数据', ['可能']],
  ])('%s: it is not', (text, words) => expect(subjectiveWordsIn(text)).toEqual(words));

  it.each([
    'wants batch export of order data with a filter by fields of choice',
    'the thinker function seemsTo() returns 0',
    '客户要求尽可能在周五前导出订单',
    '客户说明功能不可能关闭，要求评估可能性',
  ])('%s: it is', (text) => expect(subjectiveWordsIn(text)).toEqual([]));

  it('whatever stands around the word', () => {
    const other = fc.constantFrom('the printer', '订单导出', '42', 'export, filter;', '');
    fc.assert(
      fc.property(other, other, (before, after) => {
        expect(subjectiveWordsIn(`${before} perhaps ${after}`)).toEqual(['perhaps']);
        expect(subjectiveWordsIn(`${before}似乎${after}`)).toEqual(['似乎']);
        expect(subjectiveWordsIn(`${before} ${after}`)).toEqual([]);
      }),
    );
  });
});

describe('a ticket with a subjective summary', () => {
  const register = { ...of, ...told };
  it('is refused by its words, unless the summary is kept on purpose; the verbatim may be as it was said', () => {
    const subjective = c.RegisterTicket.of({ ...register, ...feels });
    given().when(subjective, known).thenRefused('SUBJECTIVE_SUMMARY');
    expect(() => given().when(subjective, known).decided()).toThrow('(feels, probably)');
    given()
      .when(c.RegisterTicket.of({ ...register, ...feels, distilledOverride: false }), known)
      .thenRefused('SUBJECTIVE_SUMMARY');
    given()
      .when(c.RegisterTicket.of({ ...register, ...feels, distilledOverride: true }), known)
      .then(e.TicketRegistered.of({ ...of, ...told, ...flags, ...feels, subjectiveWords }));
  });
  it('has no mark when there was nothing to override', () => {
    const plain = { distilled: 'calls the menu complex' };
    given()
      .when(c.RegisterTicket.of({ ...register, ...plain, distilledOverride: true }), known)
      .then(e.TicketRegistered.of({ ...of, ...told, ...flags, ...plain }));
  });
  it('is not made by an amendment either', () => {
    const amend = { ticketId: 't-1', ...feels };
    given(registered).when(c.AmendTicketDetails.of(amend)).thenRefused('SUBJECTIVE_SUMMARY');
    given(registered)
      .when(c.AmendTicketDetails.of({ ...amend, distilledOverride: true }))
      .then(e.TicketDetailsAmended.of({ ...of, ...feels, subjectiveWords }));
    given(registered)
      .when(c.AmendTicketDetails.of({ ticketId: 't-1', distilledOverride: true }))
      .thenRefused('NOTHING_TO_AMEND');
  });
});

describe('order numbers', () => {
  const orderNumbers = ['ORD20240228'];
  it('are marked as unverified, at intake and later', () => {
    given()
      .when(c.RegisterTicket.of({ ...of, ...told, orderNumbers }), known)
      .then(e.TicketRegistered.of({ ...of, ...told, ...flags, orderNumbers, ordersVerified: false }));
    given(registered)
      .when(c.AmendTicketDetails.of({ ticketId: 't-1', orderNumbers }))
      .then(e.TicketDetailsAmended.of({ ...of, orderNumbers, ordersVerified: false }));
  });
  it('need no mark when there are none', () => {
    given(registered)
      .when(c.AmendTicketDetails.of({ ticketId: 't-1', orderNumbers: [] }))
      .then(e.TicketDetailsAmended.of({ ...of, orderNumbers: [] }));
  });
});
