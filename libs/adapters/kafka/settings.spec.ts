import { parseBrokers, wholeOf } from './settings';

describe('the addresses of the brokers', () => {
  it('are read from one line, each once', () => {
    expect(parseBrokers('kafka1:9092, kafka2:9093,kafka1:9092')).toEqual(['kafka1:9092', 'kafka2:9093']);
  });
  it.each([
    ['', /no broker is named; expected host:port/],
    ['a:1,,b:2', /broker 2, "": there is nothing between two commas/],
    ['kafka', /broker 1, "kafka": the port is missing/],
    ['a:1,:9092', /broker 2, ":9092": the host is missing/],
    ['kafka:0', /"0" is no port \(1 to 65535\)/],
    ['kafka:99999', /"99999" is no port/],
    ['kafka:http', /"http" is no port/],
    ['kafka://kafka:9092', /begins with a scheme/],
    ['[::1]:9092', /takes no IPv6 address/],
    ['a:b:1', /more than one colon/],
    ['ka fka:9092', /"ka fka" is no host name/],
    [Array.from({ length: 51 }, (_, n) => `k${n}:1`).join(), /51 brokers are named, 50 may be/],
  ])('are refused when they are "%s"', (text, why) => {
    expect(() => parseBrokers(text)).toThrow(why);
  });
});

describe('settings', () => {
  const settings = { brokers: ['a:1'], clientId: 'c' };
  it('are whole with two of them said', () => {
    const { timeouts, limits, pauses } = wholeOf(settings);
    expect([timeouts.publishMs, limits.messageBytes, pauses.firstMs].every((value) => value > 0)).toBe(true);
  });
  it.each([
    [{ limits: { messageBytes: 2_000_000 } }, /messageBytes \(2000000\) is above requestBytes/],
    [{ limits: { deliveries: 0 } }, /deliveries is 0, and must be a whole number above 0/],
    [{ timeouts: { publishMs: 1.5 } }, /publishMs is 1.5/],
    [{ timeouts: { heartbeatMs: 30_000 } }, /heartbeatMs \(30000\) must be below sessionMs/],
    [{ replicationFactor: 0 }, /replicationFactor is 0/],
    [{ brokers: [] }, /no broker is named/],
  ])('are refused when they make no sense: %j', (more, why) => {
    expect(() => wholeOf({ ...settings, ...more })).toThrow(why);
  });
});
