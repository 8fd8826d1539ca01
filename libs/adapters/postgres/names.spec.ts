import { fitting, placed, quoted } from './names';

describe('a name in PostgreSQL', () => {
  it('stays as it is as long as it fits', () => {
    expect(quoted('ticket-queue@1~past')).toBe('"ticket-queue@1~past"');
    expect(placed('rapport', 'a"b')).toBe('"rapport"."a""b"');
    expect(fitting('x'.repeat(63))).toBe('x'.repeat(63));
  });
  it('is cut where it does not, and two of them never become one', () => {
    const [one, other] = ['one', 'other'].map((end) => fitting(`${'long-'.repeat(20)}${end}`));
    expect(one).not.toBe(other);
    for (const name of [one, other, fitting('漢'.repeat(40))])
      expect(Buffer.byteLength(String(name))).toBeLessThanOrEqual(63);
    expect(fitting('漢'.repeat(40))).not.toContain('\uFFFD');
  });
});
