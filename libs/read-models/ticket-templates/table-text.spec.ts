import { tableText } from './table-text';
import { LABELS, labelOf } from './template.labels';

describe('codes', () => {
  it('have a Chinese word each, and are their own word in English', () => {
    for (const [group, labels] of Object.entries(LABELS))
      for (const [code, label] of Object.entries(labels)) {
        expect(labelOf('zh', group as 'type', code)).toBe(label);
        if (group !== 'word') expect(labelOf('en', group as 'type', code)).toBe(code);
      }
    expect(labelOf('zh', 'stage', 'constructor')).toBe('constructor');
    expect(labelOf('zh', 'type', undefined)).toBe('');
  });
});

describe('the text of a table', () => {
  const table = (...cell: string[]) => ({ title: 'T', headings: ['a', 'b'], rows: [cell] });

  it('is CSV that a spreadsheet opens as it is', () => {
    expect(tableText(table('x', 'y'), 'csv')).toBe('\uFEFFa,b\r\nx,y\r\n');
    expect(tableText(table('a "b", c', 'two\nlines'), 'csv')).toBe(
      '\uFEFFa,b\r\n"a ""b"", c","two\nlines"\r\n',
    );
  });
  it('never holds a formula that a stranger wrote', () => {
    for (const formula of ['=1+1', '+1', '-1', '@x', '\t=1'])
      expect(tableText(table(formula, ''), 'csv')).toContain(`'${formula}`);
    expect(tableText(table('=HYPERLINK("x")', ''), 'csv')).toContain('"\'=HYPERLINK(""x"")"');
  });
  it('is Markdown in which a cell stays a cell', () => {
    expect(tableText(table('x|y', 'two\nlines'), 'md')).toBe(
      '## T\n\n| a | b |\n|---|---|\n| x\\|y | two<br>lines |\n',
    );
    expect(tableText(table('<b>&', '*x* [y](z) `c` _d_ \\'), 'md')).toContain(
      '| &lt;b>&amp; | \\*x\\* \\[y\\](z) \\`c\\` \\_d\\_ \\\\ |',
    );
  });
});
