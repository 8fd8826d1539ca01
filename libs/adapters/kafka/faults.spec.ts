import { BusMisfit, BusUnavailable } from '@rapport/kernel';
import { faultOf, within } from './faults';
import { wholeOf } from './settings';

const settings = wholeOf({ brokers: ['kafka1:9092', 'kafka2:9092'], clientId: 'c' });
const failed = (cause: object) => Object.assign(new Error('retries exceeded'), { cause });

describe('what the driver throws', () => {
  it('is unavailable, with the brokers and what to do, when nothing better is known', () => {
    const fault = faultOf(failed(new Error('connect ECONNREFUSED')), 'publishing to t', settings);
    expect(fault).toBeInstanceOf(BusUnavailable);
    expect(fault.message).toMatch(
      /Kafka at kafka1:9092, kafka2:9092, publishing to t: connect ECONNREFUSED\. Check/,
    );
  });
  it.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', /the topic is missing: create it/],
    ['MESSAGE_TOO_LARGE', /raise max.message.bytes/],
    ['TOPIC_AUTHORIZATION_FAILED', /give this user access to the topic/],
  ])('is a misfit with advice when a broker said %s, however deep that lies', (type, advice) => {
    const cause = failed(Object.assign(new Error('no'), { type }));
    for (const error of [cause, failed(cause), { message: 'all of them', errors: [cause] }]) {
      const fault = faultOf(error, 'doing', settings);
      expect(fault).toBeInstanceOf(BusMisfit);
      expect(fault.message).toMatch(advice);
    }
  });
  it('is a misfit when a login failed', () => {
    const refused = Object.assign(new Error('denied'), { name: 'KafkaJSSASLAuthenticationError' });
    expect(faultOf(refused, 'doing', settings)).toBeInstanceOf(BusMisfit);
  });
  it('ends however its causes go round', () => {
    const error: { message: string; cause?: unknown } = { message: 'round' };
    error.cause = error;
    expect(faultOf(error, 'doing', settings).message).toMatch(/round/);
  });
});

describe('waiting', () => {
  it('ends when it is late, and what fails afterwards disturbs nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_, reject) => (fail = reject));
    await expect(within(work, performance.now(), () => new Error('late'))).rejects.toThrow('late');
    fail(new Error('much later'));
    await new Promise((go) => setImmediate(go));
  });
});
