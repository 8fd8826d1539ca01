import { at, Command, Event, Id, integer, policy, text, withoutTimer, type NewEvent, type Row } from '.';
import { reactionTo } from './policy';
import { reactionsOf, recorded } from './spec';

class Opened extends Event {
  @Id() id!: string;
}
class Warned extends Event {
  @Id() id!: string;
}
class Moved extends Event {
  @Id() from!: string;
  @Id() to!: string;
}
class Closed extends Event {
  @Id() id!: string;
}
class Close extends Command {
  @Id() id!: string;
}
class Warn extends Command {
  @Id() id!: string;
}
const events = { Opened, Warned, Moved, Closed };
const LATER = '2024-03-02T09:00:00.000Z';
const close = (id: string) => Close.of({ id });

const watch = policy(events, {
  ...{ name: 'watch', about: 'Closes what was warned twice, or is old', key: 'id', version: 2 },
  columns: { warnings: integer(), by: text<'nobody' | 'us'>('nobody') },
  keys: { Moved: ({ from, to }) => [from, to] },
}).on({
  Opened: (_, { id }) => ({ wake: at(LATER, close(id)) }),
  Warned: ({ warnings }, { id }) =>
    warnings === 0
      ? { remember: { warnings: 1 }, send: [Warn.of({ id })] }
      : { remember: { warnings: warnings + 1, by: 'us' }, send: [Warn.of({ id }), close(id)], wake: null },
  Closed: ({ warnings }) => (warnings > 9 ? undefined : { remember: null }),
});

const after = (...all: NewEvent[]) =>
  all.map(recorded).reduce<Row | null>((row, event) => reactionTo(watch, row, 'a', event).row, null);
const [opened, warned, closed] = [Opened.of({ id: 'a' }), Warned.of({ id: 'a' }), Closed.of({ id: 'a' })];

describe('a policy', () => {
  it('sends commands, in order', () => {
    reactionsOf(watch).given(opened).then();
    reactionsOf(watch)
      .given(opened, warned)
      .then(Warn.of({ id: 'a' }));
    reactionsOf(watch)
      .given(opened, warned, warned)
      .then(Warn.of({ id: 'a' }), close('a'));
  });
  it('has one timer a key: it stays until it is set anew or taken away', () => {
    reactionsOf(watch).given(opened).waits('a', LATER, close('a'));
    reactionsOf(watch).given(opened, warned).waits('a', LATER, close('a'));
    reactionsOf(watch).given(opened, warned, warned).waitsNoMore('a');
  });
  it('remembers what it says, and the rest of its memory stays', () => {
    expect(after(opened)).toMatchObject({ warnings: 0, by: 'nobody', dueAt: LATER, dueType: 'Close' });
    expect(after(opened, warned)).toMatchObject({ warnings: 1, by: 'nobody', dueAt: LATER });
    expect(after(opened, warned, warned)).toMatchObject({ warnings: 2, by: 'us', dueAt: null, dueType: '' });
  });
  it('forgets a key together with its timer', () => expect(after(opened, warned, closed)).toBeNull());
  it('keeps no row for what is none of its business', () => {
    expect(after(Moved.of({ from: 'a', to: 'b' }))).toBeNull();
    const row = after(opened);
    expect(reactionTo(watch, row, 'a', recorded(Moved.of({ from: 'a', to: 'b' }), 1))).toEqual({
      row,
      send: [],
    });
  });
  it('does nothing where it answers nothing', () => {
    const row = { ...after(opened, warned)!, warnings: 10 };
    expect(reactionTo(watch, row, 'a', recorded(closed, 9))).toEqual({ row, send: [] });
  });
  it('knows the keys of an event by its field, or as it is told', () => {
    expect(watch.keysOf(recorded(opened, 0))).toEqual(['a']);
    expect(watch.keysOf(recorded(Moved.of({ from: 'a', to: 'b' }), 0))).toEqual(['a', 'b']);
  });
  it('keeps its memory in a table of its version, where due timers are found by an index', () => {
    expect(watch.table).toMatchObject({ name: 'watch@2', indexes: [['dueAt']] });
    expect(Object.keys(watch.table.columns)).toEqual(['warnings', 'by', 'dueAt', 'dueType', 'dueCommand']);
  });
  it('has no timer any more when it has fired, and remembers the rest', () => {
    expect(withoutTimer(after(opened, warned)!)).toMatchObject({
      warnings: 1,
      dueAt: null,
      dueType: '',
      dueCommand: {},
    });
  });
});
