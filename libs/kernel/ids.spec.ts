import { eventIdOf, idFrom } from '.';

describe('ids', () => {
  it('are the same for ever: these two are frozen', () => {
    expect(idFrom('rapport')).toBe('ff2de8f6-4776-5f1b-9c19-ab3c11304f8d');
    expect(eventIdOf('command-1', 0)).toBe('973185c7-e9ff-5f74-be15-b17c09b308c3');
  });
  it('are UUIDs of version 5', () => {
    for (const seed of ['', 'a', '客户', 'x'.repeat(10_000)])
      expect(idFrom(seed)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
  it('differ for other commands and other places in a command', () => {
    const ids = ['1', '2', '11'].flatMap((command) => [0, 1, 10].map((n) => eventIdOf(command, n)));
    expect(new Set(ids).size).toBe(9);
  });
});
