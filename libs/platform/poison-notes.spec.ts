import type { Row } from '@rapport/kernel';
import { poisonNotes } from './poison-notes';

const failed = Array.from({ length: 50 }, (_, n): Row => ({
  ...{ key: `secret-${n}`, rowKey: `secret-${n}`, type: 'JarFilled', position: n + 1 },
  ...{ errorClass: 'RangeError', error: 'RangeError: secret' },
}));

describe('a line about an event that could not be read', () => {
  const flooded = (minutes: readonly number[]) => {
    const lines: string[] = [];
    let now = 0;
    const hear = poisonNotes(
      (level, what) => void lines.push(`${level}: ${what}`),
      () => now,
    );
    for (const minute of minutes) {
      now = minute * 60_000;
      for (const model of ['drops@1', 'jars@1']) hear({ model, events: 50, seconds: 0, failed });
    }
    return lines;
  };

  it('says where it stands and what broke, and not whom it concerns', () => {
    const lines = flooded([0]);
    expect(lines[0]).toBe(
      'warn: drops@1: JarFilled at position 1 could not be read (RangeError); it is parked, and later events of its key behind it: rapport projections parked list',
    );
    expect(lines.join()).not.toContain('secret');
  });
  it('is one of ten a minute and model; then it is told that there are more', () => {
    const lines = flooded([0, 0.5]);
    expect(lines).toHaveLength(22);
    expect(lines[10]).toBe('warn: drops@1: more of these follow, untold for a minute');
    expect(flooded([0, 1])).toHaveLength(44);
  });
});
