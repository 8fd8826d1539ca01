import type { Position, RecordedEvent } from '@rapport/kernel';
import { customerWonBack } from './contracts/customer-won-back.v1';
import { messageOf, sequenceOf } from './publish';

const event = (traceparent?: string): RecordedEvent => ({
  ...{ id: 'e-1', type: 'CustomerWonBack', stream: 'lifecycle-c-1', revision: 4, position: 17 as Position },
  ...{ data: { customerId: 'c-1', purchaseId: 'p-1' }, hash: '' },
  ...{ occurredAt: '2024-03-01T09:00:00.000Z', recordedAt: '2024-03-01T09:00:01.000Z' },
  meta: {
    ...{ occurredAt: '2024-03-01T09:00:00.000Z', schemaVersion: '1', commandId: 'k', previousHash: '' },
    ...{
      $correlationId: 'talk',
      $causationId: 'k',
      actorId: 'ann',
      actorRole: 'CRM_MANAGER',
      source: 'http',
    },
    ...(traceparent !== undefined && { traceparent }),
  },
});

describe('a message about an event', () => {
  it('has the trace it belongs to, where one is known', () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(messageOf(customerWonBack, event(trace), '/x').headers).toMatchObject({ ce_traceparent: trace });
    expect(messageOf(customerWonBack, event(), '/x').headers).not.toHaveProperty('ce_traceparent');
  });

  it('says nothing of who of us did it', () => {
    expect(JSON.stringify(messageOf(customerWonBack, event(), '/x'))).not.toMatch(/ann|CRM_MANAGER/);
  });

  it('has a sequence whose text order is the order of the log', () => {
    const places = [1, 9, 10, 99, 100, 12_345, Number.MAX_SAFE_INTEGER];
    expect(places.map(sequenceOf).sort()).toEqual(places.map(sequenceOf));
    expect(new Set(places.map((place) => sequenceOf(place).length))).toEqual(new Set([16]));
  });
});
