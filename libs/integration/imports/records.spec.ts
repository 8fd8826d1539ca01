import { anImport, broken } from './import';
import { planOf } from './miniature';

const cups = anImport<{ cup: string }>({
  dataset: 'cups',
  about: 'Cups.',
  columns: ['cup', 'colour'],
  read: ([cup = '', colour = '']) => (colour === 'none' ? broken('a cup without a colour') : { cup }),
  plan: (lines) =>
    lines.map(({ line, record }) => ({
      ...{ at: `2024-01-0${line}T00:00:00.000Z`, seed: record.cup, lane: 'one' },
      command: { cup: record.cup },
    })),
});

describe('a file', () => {
  it('is read plain or as gzip, with or without a byte order mark', async () => {
    const lines = ['\ufeffcup,colour', 'a,red', '"b, the second",blue'];
    for (const gzip of [false, true])
      expect((await planOf(cups, lines, gzip)).wanted.map(({ seed }) => seed)).toEqual([
        'a',
        'b, the second',
      ]);
  });

  it('with a wrong header is refused, and the column is named', async () => {
    await expect(planOf(cups, ['cup,color', 'a,red'])).rejects.toThrow(
      'column 2 should be "colour", there is "color"',
    );
    await expect(planOf(cups, ['cup', 'a'])).rejects.toThrow('column 2 should be "colour", there is none');
  });

  it('that is empty, or a gzip that was cut off, is refused', async () => {
    await expect(planOf(cups, [''])).rejects.toThrow('is empty');
    await expect(planOf(cups, ['\u001f\ufffdnonsense'])).rejects.toThrow();
  });

  it('may have more columns than are looked at', async () => {
    expect((await planOf(cups, ['cup,colour,weight', 'a,red,7'])).wanted).toHaveLength(1);
  });
});

describe('a broken line', () => {
  it('is set aside with its number and the reason; the others go on', async () => {
    const { rejects, wanted } = await planOf(cups, [
      'cup,colour',
      'a,red',
      'b',
      'c,none',
      'd,"re"d',
      'e,"green',
      'f,green',
    ]);
    expect(rejects).toEqual([
      { line: 3, reason: '1 fields instead of 2', text: 'b' },
      { line: 4, reason: 'a cup without a colour', text: 'c,none' },
      { line: 5, reason: expect.stringContaining('Quote') as string, text: 'd,"re"d' },
      { line: 6, reason: expect.stringContaining('Quote') as string, text: 'e,"green' },
    ]);
    expect(wanted.map(({ seed }) => seed)).toEqual(['a', 'f']);
  });
});
