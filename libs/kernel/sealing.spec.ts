import { randomBytes } from 'node:crypto';
import { ERASED, keyIdOf, seal, unseal, type Key } from '.';

const key: Key = { id: 'k-1', bytes: randomBytes(32) };
const keys = new Map([[key.id, key]]);

describe('a sealed value', () => {
  it.each(['Ann', '', '客户 😀 \u0000', 'sealed:k-1:abc', 'x'.repeat(100_000)])(
    'comes back as it was',
    (text) => {
      const sealed = seal(text, key, 'Met.name');
      expect(unseal(sealed, keys, 'Met.name')).toBe(text);
      expect(keyIdOf(sealed)).toBe('k-1');
    },
  );
  it('shows nothing, and looks different each time', () => {
    const [one, two] = [seal('Ann', key, 'p'), seal('Ann', key, 'p')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('Ann');
    expect(one).not.toContain(Buffer.from('Ann').toString('base64url'));
  });
  it('cannot be moved to another field', () => {
    const sealed = seal('Ann', key, 'Met.name');
    expect(() => unseal(sealed, keys, 'Met.note')).toThrow();
  });
  it('cannot be changed', () => {
    const sealed = seal('Ann', key, 'p');
    const at = sealed.length - 3;
    const flipped = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => unseal(flipped, keys, 'p')).toThrow();
  });
  it('does not open with another key of the same name', () => {
    const other = new Map([[key.id, { ...key, bytes: randomBytes(32) }]]);
    expect(() => unseal(seal('Ann', key, 'p'), other, 'p')).toThrow();
  });
  it('reads as erased when its key is gone', () => {
    expect(unseal(seal('Ann', key, 'p'), new Map(), 'p')).toBe(ERASED);
  });
  it.each(['Ann', 'sealed:', 'sealed:k-1', '', null, undefined, 7, { a: 1 }])(
    'is not %p: that comes back',
    (value) => {
      expect(unseal(value, keys, 'p')).toBe(value);
      expect(keyIdOf(value)).toBeUndefined();
    },
  );
});
