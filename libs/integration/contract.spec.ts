import { Id, Optional, Text } from '@rapport/kernel';
import { CustomerRegistered } from '@rapport/domain/events';
import { contract, told } from './contract';
import { CUSTOMER_EVENTS } from './topics';

class Careless {
  @Id() customerId!: string;
  @Optional() @Text(200) name?: string;
  @Optional() @Text(60) size?: string;
}
const careless = contract(Careless, {
  ...{ name: 'careless', version: 1, about: 'Tells too much.', topic: CUSTOMER_EVENTS, key: 'customerId' },
  from: [
    told(CustomerRegistered, ({ customerId, name, size }) => ({ customerId, name, size, industry: 'x' })),
  ],
});
const registered = { type: 'CustomerRegistered', occurredAt: '2024-03-01T09:00:00.000Z' };

describe('a contract', () => {
  it('gets no personal field of an event, even if its mapping asks for one', () => {
    const data = { customerId: 'c-1', name: 'Ann Lee', size: 'SMALL' };
    expect(careless.bodyOf({ ...registered, data })).toEqual({ customerId: 'c-1', size: 'SMALL' });
  });

  it('tells its declared fields and no other, and leaves out what is not there', () => {
    expect(careless.bodyOf({ ...registered, data: { customerId: 'c-1' } })).toEqual({ customerId: 'c-1' });
  });

  it('is not asked about an event that it does not tell of', () => {
    expect(() => careless.bodyOf({ ...registered, type: 'TicketClosed', data: {} })).toThrow(
      'careless does not tell of TicketClosed',
    );
  });
});
