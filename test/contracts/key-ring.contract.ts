import { randomUUID } from 'node:crypto';
import { seal, SubjectForgotten, unseal, type KeyRing } from '@rapport/kernel';

export interface RingUnderTest {
  readonly ring: KeyRing;
  /** Closes the ring and opens the same one again. Rings that end with their process have none. */
  readonly reopen?: () => Promise<KeyRing>;
  close(): Promise<void>;
}
const AT = '2024-03-01T09:00:00.000Z';

/** What every key ring promises. */
export const keyRingContract = (name: string, make: () => Promise<RingUnderTest>): void => {
  describe(`key ring: ${name}`, () => {
    let under: RingUnderTest;
    let ring: KeyRing;
    let ann = '';
    beforeAll(async () => {
      under = await make();
      ({ ring } = under);
    });
    beforeEach(() => (ann = `ann-${randomUUID()}`));
    afterAll(() => under.close());

    it('makes a key for whoever has none, and it stays the same', async () => {
      const key = await ring.of(ann);
      expect(key.bytes).toHaveLength(32);
      expect(await ring.of(ann)).toEqual(key);
    });
    it('makes it once, however many ask at the same moment', async () => {
      const keys = await Promise.all(Array.from({ length: 50 }, () => ring.of(ann)));
      expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
      expect(new Set(keys.map(({ bytes }) => bytes.toString('hex'))).size).toBe(1);
    });
    it('gives everybody another key, under an id that does not name the person', async () => {
      const [one, two] = [await ring.of(ann), await ring.of(`${ann}2`)];
      expect(one.id).not.toBe(two.id);
      expect(one.bytes.equals(two.bytes)).toBe(false);
      expect(one.id).toMatch(/^[\w-]+$/);
      expect(one.id).not.toContain(ann);
    });
    it('makes keys that seal and unseal', async () => {
      const key = await ring.of(ann);
      const sealed = seal('Ann 安', key, 'Met.name');
      expect(unseal(sealed, await ring.find([key.id]), 'Met.name')).toBe('Ann 安');
    });
    it('finds keys by their ids, and leaves out what it does not know', async () => {
      const [one, two] = [await ring.of(ann), await ring.of(`${ann}2`)];
      const found = await ring.find([two.id, 'nobody', one.id, two.id]);
      expect(new Map(found)).toEqual(new Map([one, two].map((key) => [key.id, key])));
      expect((await ring.find([])).size).toBe(0);
    });
    it('finds for each what they asked for, however many ask at the same moment, and no more', async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, (_, n) => ring.of(`${ann}${n}`)));
      const found = await Promise.all(keys.map(({ id }, n) => ring.find([id, keys[(n + 1) % 20]!.id])));
      found.forEach((some, n) =>
        expect(new Map(some)).toEqual(new Map([keys[n]!, keys[(n + 1) % 20]!].map((key) => [key.id, key]))),
      );
      await ring.forget(`${ann}3`, AT);
      const without = await Promise.all(keys.map(({ id }) => ring.find([id])));
      expect(without.map(({ size }) => size)).toEqual(keys.map((_, n) => (n === 3 ? 0 : 1)));
    });
    it('forgets a person for good, and gives a receipt', async () => {
      const [key, other] = [await ring.of(ann), await ring.of(`${ann}2`)];
      expect(await ring.forget(ann, AT)).toEqual({ keyId: key.id, at: AT });
      await expect(ring.of(ann)).rejects.toThrow(SubjectForgotten);
      expect([...(await ring.find([key.id, other.id])).keys()]).toEqual([other.id]);
      expect(await ring.of(`${ann}2`)).toEqual(other);
    });
    it('stays with it when asked to forget again', async () => {
      await ring.of(ann);
      await ring.forget(ann, AT);
      await ring.forget(ann, AT);
      await expect(ring.of(ann)).rejects.toThrow(SubjectForgotten);
    });
    it('has no receipt where there was no key', async () => {
      expect(await ring.forget(ann, AT)).toBeNull();
    });
    it('knows its keys and its dead when it is opened again', async () => {
      const own = await make();
      const [key, gone] = [await own.ring.of(ann), await own.ring.of(`${ann}2`)];
      await own.ring.forget(`${ann}2`, AT);
      if (own.reopen) {
        const again = await own.reopen();
        expect(await again.of(ann)).toEqual(key);
        await expect(again.of(`${ann}2`)).rejects.toThrow(SubjectForgotten);
        expect([...(await again.find([key.id, gone.id])).keys()]).toEqual([key.id]);
      }
      await own.close();
    });
  });
};
