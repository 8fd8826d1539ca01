import fc from 'fast-check';
import { canonicalInstant, isDay, isInstant } from './instants';

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '2024-12-31', '0001-01-01'])('%s is in the calendar', (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-1',
    '',
    null,
    20240101,
  ])('%s is not', (day) => expect(isDay(day)).toBe(false));
});

describe('an instant', () => {
  it.each([
    ['2024-03-01T17:00:00+08:00', '2024-03-01T09:00:00.000Z'],
    ['2024-03-01T09:00Z', '2024-03-01T09:00:00.000Z'],
    ['2024-03-01T09:00:00.123456Z', '2024-03-01T09:00:00.123Z'],
  ])('%s is kept as %s', (given, kept) => {
    expect(canonicalInstant(given)).toBe(kept);
    expect(isInstant(kept)).toBe(true);
  });
  it.each([
    '2024-02-31T00:00:00Z',
    '2024-13-01T00:00:00.000Z',
    '2024-03-01T25:00:00.000Z',
    '2024-03-01',
    'tomorrow',
  ])('%s stays as it is, and is none', (given) => {
    expect(canonicalInstant(given)).toBe(given);
    expect(isInstant(given)).toBe(false);
  });
  it('has one form only, in which text order is time order', () =>
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') }), (date) => {
        expect(canonicalInstant(date.toISOString())).toBe(date.toISOString());
        expect(isInstant(date.toISOString())).toBe(true);
      }),
    ));
});
