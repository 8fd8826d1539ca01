import {
  Command,
  Count,
  Event,
  Id,
  nameOf,
  Optional,
  Text,
  UnknownVersion,
  upcast,
  Version,
  versionOf,
} from '.';

abstract class OfBox extends Event {
  @Id() boxId!: string;
}
class BoxPacked extends OfBox {
  @Text(9) color!: string;
  @Optional() @Count(0, 9) weight?: number;
}
class PackBox extends Command {
  @Id() boxId!: string;
  @Optional() @Text(9) color?: string;
}
@Version(3, (v2) => ({ ...v2, size: Number(v2['size']) * 10 }))
@Version(2, ({ length, ...v1 }) => ({ ...v1, size: length }))
class BoxMeasured extends Event {
  @Count(0, 999) size!: number;
}

describe('a message', () => {
  it('holds its declared fields, inherited ones too, and no other', () => {
    const more = { boxId: 'b-1', color: 'red', weight: 3, secret: 'x' };
    expect(BoxPacked.of(more).data).toEqual({ boxId: 'b-1', color: 'red', weight: 3 });
    expect(PackBox.of({ ...more, color: 'red' })).toEqual(
      Object.assign(new PackBox(), { boxId: 'b-1', color: 'red' }),
    );
  });
  it('has no place for undefined', () => {
    const open = { boxId: 'b-1', color: 'red', weight: undefined } as unknown as BoxPacked;
    expect(Object.keys(BoxPacked.of(open).data)).toEqual(['boxId', 'color']);
  });
  it('is called like its class', () => expect(nameOf(BoxPacked)).toBe('BoxPacked'));
});

describe('an event', () => {
  const data = { boxId: 'b-1', color: 'red' };
  it('happened at the time of its command, unless it says otherwise', () => {
    expect(BoxPacked.of(data)).toEqual({ messageClass: BoxPacked, data });
    expect(BoxPacked.of(data, '2024-03-01T09:00:00.000Z').at).toBe('2024-03-01T09:00:00.000Z');
  });
  it('is no copy that somebody else can change', () => {
    const given = { ...data };
    const event = BoxPacked.of(given);
    given.color = 'blue';
    expect(event.data.color).toBe('red');
  });
});

describe('a command', () => {
  it('is an instance of its class, so that a bus can route it', () => {
    expect(PackBox.of({ boxId: 'b-1' })).toBeInstanceOf(PackBox);
  });
});

describe('a version', () => {
  it('is 1 for a class without steps, and one more for each step', () => {
    expect([versionOf(BoxPacked), versionOf(BoxMeasured)]).toEqual([1, 3]);
  });
  it.each([
    [1, { id: 'a', length: 4 }, { id: 'a', size: 40 }],
    [2, { id: 'a', size: 4 }, { id: 'a', size: 40 }],
    [3, { id: 'a', size: 40 }, { id: 'a', size: 40 }],
  ])('%i reads as today', (version, stored, today) => {
    expect(upcast(BoxMeasured, stored, version)).toEqual(today);
    expect(stored).not.toHaveProperty('done');
  });
  it('leaves what was stored as it was', () => {
    const stored = Object.freeze({ length: 4 });
    upcast(BoxMeasured, stored, 1);
    expect(stored).toEqual({ length: 4 });
  });
  it('from the future is refused: nobody guesses what it means', () => {
    expect(() => upcast(BoxMeasured, {}, 4)).toThrow(UnknownVersion);
    expect(() => upcast(BoxPacked, {}, 2)).toThrow('start a newer one');
  });
  it.each([1, 3, 4])('step to %i where the step to 2 is due is refused', (to) => {
    class Torn extends Event {}
    expect(() => Version(to, (older) => older)(Torn)).toThrow('out of order');
  });
  it('step that stands twice is refused', () => {
    class Torn extends Event {}
    Version(2, (older) => older)(Torn);
    expect(() => Version(2, (older) => older)(Torn)).toThrow('out of order');
    expect(versionOf(Torn)).toBe(2);
  });
});
