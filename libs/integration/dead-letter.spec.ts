import type { Delivery } from '@rapport/kernel';
import { deadLetter, deadLetterId, originalOf } from './dead-letter';

const delivery = (value: string | null, offset = '7'): Delivery => ({
  ...{ topic: 'wishes', partition: 3, offset, at: '2024-03-01T09:00:00.000Z' },
  ...{ key: 'k', value, headers: { 'x-from': 'shop' } },
});
const why = { code: 'NOT_JSON', detail: 'the value is no JSON' };
const lying = (made: ReturnType<typeof deadLetter>): Delivery => ({ ...delivery(null), ...made.message });

describe('a dead letter', () => {
  it('is the delivery as it came, and says why it is here and where it came from', () => {
    expect(deadLetter('dead', delivery('{'), why)).toEqual({
      topic: 'dead',
      message: {
        ...{ key: 'k', value: '{' },
        headers: {
          ...{ 'x-from': 'shop', 'dead-letter-reason': 'NOT_JSON', 'dead-letter-topic': 'wishes' },
          ...{ 'dead-letter-detail': why.detail, 'dead-letter-id': deadLetterId(delivery('{')) },
          ...{ 'dead-letter-partition': '3', 'dead-letter-offset': '7' },
          'dead-letter-at': '2024-03-01T09:00:00.000Z',
        },
      },
    });
  });

  it('has one id however often it is delivered, and another for another delivery', () => {
    expect(deadLetterId(delivery('a'))).toBe(deadLetterId(delivery('a')));
    expect(deadLetterId(delivery('a', '8'))).not.toBe(deadLetterId(delivery('a')));
  });

  it('can be sent again as it was, also when it came back as a dead letter before', () => {
    const once = lying(deadLetter('dead', delivery('{'), why));
    const twice = lying(deadLetter('dead', { ...once, topic: 'wishes', offset: '9' }, why));
    const message = { key: 'k', value: '{', headers: { 'x-from': 'shop' } };
    expect([originalOf(once), originalOf(twice)]).toEqual([
      { topic: 'wishes', message },
      { topic: 'wishes', message },
    ]);
  });

  it('leaves a value where it is that a broker might not take with the headers, and says so', () => {
    const { message } = deadLetter('dead', delivery('x'.repeat(950_000)), why);
    expect(message.value).toBeNull();
    expect(message.headers['dead-letter-value']).toContain('read it where it came from');
    expect(
      deadLetter('dead', delivery('{'), { ...why, detail: 'x'.repeat(5_000) }).message.headers,
    ).toHaveProperty('dead-letter-detail', 'x'.repeat(1_000));
  });
});
