import * as events from '@rapport/domain/events';
import { fieldsOf, type Class } from '@rapport/kernel';
import { givenEventId, givenPlace, rowsOf } from '@rapport/kernel/spec';
import { customerTimeline } from './customer-timeline.projection';
import { sentences } from './customer-timeline.sentences';

const classes = Object.entries(events as Readonly<Record<string, Class>>);
const ofCustomers = classes.filter(([, of]) => fieldsOf(of).some(({ name }) => name === 'customerId'));
const { given } = rowsOf(customerTimeline);
const customerId = 'c-1';
const at = '2024-03-01T09:00:00.000Z';

describe('the timeline of a customer', () => {
  it('has a sentence for every event that names a customer, and for no other', () => {
    expect(ofCustomers.length).toBeGreaterThan(40);
    expect(Object.keys(sentences).sort()).toEqual(ofCustomers.map(([type]) => type).sort());
  });

  it('shows each event once, under its place in the log and with its id', () => {
    const turnedSilent = events.CustomerTurnedSilent.of(
      {
        ...{ customerId, lastActivityAt: '2023-12-02T09:00:00.000Z', lastActivityEventId: 'e-1' },
        ...{ tier: 'STANDARD', thresholdDays: 90, silentSince: at },
      },
      at,
    );
    const churned = events.CustomerChurned.of({ customerId, reason: 'NEED_ENDED', stageBefore: 'DECLINE' });
    const rows = given(turnedSilent, churned);
    rows.row(givenPlace(0)).is({
      ...{
        customerId,
        at,
        kind: 'CustomerTurnedSilent',
        stream: 'spec-1',
        revision: 0,
        eventId: givenEventId(0),
      },
      text: 'Silent: nothing heard for 90 days since 2023-12-02',
    });
    const text = 'Lost because of need ended, was in decline';
    rows.row(givenPlace(1)).is({ kind: 'CustomerChurned', text, revision: 1 });
  });

  it('keeps the order of the log within one instant', () => {
    const raised = events.WakeUpsHeld.of({ customerId, ticketId: 't-1' }, at);
    const released = events.WakeUpsReleased.of({ customerId, ticketId: 't-1' }, at);
    const rows = given(raised, released);
    const [first, second] = [0, 1].map((n) => rows.row(givenPlace(n)).value().place);
    expect(first).toBe(`${at}/0000000000000001`);
    expect(second).toBe(`${at}/0000000000000002`);
  });

  it('tells money as people write it, with the decimals of its currency', () => {
    const bought = (minor: number, currency: string) =>
      sentences.PurchaseRecorded({
        purchaseId: 'p-1',
        customerId,
        amount: { minor, currency },
        purchasedAt: at,
      });
    expect(bought(12_345, 'CNY')).toBe('Bought for 123.45 CNY (p-1)');
    expect(bought(12_345, 'JPY')).toBe('Bought for 12345 JPY (p-1)');
  });

  it.each(ofCustomers)('%s tells nothing that is personal and leaves nothing out', (type, of) => {
    const data = Object.fromEntries(
      fieldsOf(of).map(({ name, subject }) => [name, subject ? SECRET : plain(type, name)]),
    );
    const sentence = (sentences as Readonly<Record<string, (data: object) => string>>)[type];
    const text = sentence?.(data) ?? '';
    expect(text).toMatch(/^[A-Z].{8,}/);
    expect(text).not.toMatch(/SECRET|undefined|\[object|NaN/);
  });
});

const SECRET = 'SECRET';
/** A value of about the shape that a field of this name has. */
const plain = (type: string, name: string): unknown => {
  if (type === 'TicketScheduledInPlan' && name === 'to') return { kind: 'WEEKLY', period: '2024-W10' };
  if (name === 'amount') return { minor: 100, currency: 'CNY' };
  if (name === 'winner') return { rule: 'SLA-ANY' };
  return LISTS.includes(name) || LISTS.includes(`${type}.${name}`) ? ['SOME_CODE'] : 'SOME_CODE';
};
const LISTS = [
  ...['roles', 'causes', 'options', 'newTicketIds', 'keyNodes', 'departments', 'ContactRoleAssigned.to'],
  ...['duties', 'parties', 'items', 'AcceptancePhasesDefined.phases'],
];
