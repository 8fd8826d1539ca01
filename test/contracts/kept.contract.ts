import { NO_STREAM, START } from '@rapport/kernel';
import { fresh, type LogUnderTest, type MakeLog } from './logs';

/** The log does not look into what it keeps. */
export const textContract = (name: string, make: MakeLog): void => {
  const bodies: [string, string][] = [
    ['letters of all kinds', JSON.stringify({ text: 'ä 漢字 😀 \u200d \u202e \u{10ffff}' })],
    ['what JSON escapes', String.raw`{"text":"\u0000 \" \\ \n \ud83d"}`],
    ['numbers and nothing', '{"list":[1,-0.5,1e308],"none":null,"deep":{"yes":true}}'],
    ['spaces where they stood', '{ "a" :  1 ,\n\t"a":2 }'],
    ['an empty body', '{}'],
    ['half a megabyte', JSON.stringify({ text: '漢a'.repeat(125_000) })],
  ];
  describe(`event log: ${name}: gives back exactly what it was given`, () => {
    let under: LogUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    it.each(bodies)('%s', async (_, data) => {
      const { stream, events } = fresh();
      const given = { ...events(1)[0]!, type: 'Ünïcode', data, meta: `{"reason":${data}}` };
      const before = new Date(Date.now() - 60_000).toISOString();
      const { position, revision } = await under.log.append(stream('客户'), NO_STREAM, [given]);
      const [kept] = await under.log.readStream(stream('客户'));
      const { recordedAt, ...rest } = kept!;
      expect(rest).toEqual({ ...given, stream: stream('客户'), position, revision });
      expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(recordedAt > before).toBe(true);
      expect(await under.log.readAt([position])).toEqual([kept]);
    });
  });
};

/** What is kept survives the process that kept it. */
export const reopenContract = (name: string, make: MakeLog): void => {
  describe(`event log: ${name}: opened again`, () => {
    it('stands where it stood, knows what it has, and goes on', async () => {
      const { log, reopen, close } = await make();
      const { stream, events } = fresh();
      const first = await log.append(stream('a'), NO_STREAM, events(1, 2));
      await log.append(stream('b'), NO_STREAM, events(3));
      const [all, head] = [await log.readAll(START, 1_000), await log.head()];
      if (reopen) {
        const again = await reopen();
        expect([await again.readAll(START, 1_000), await again.head()]).toEqual([all, head]);
        expect(await again.append(stream('a'), NO_STREAM, events(1, 2))).toEqual({
          ...first,
          repeated: true,
        });
        expect(await again.append(stream('b'), NO_STREAM, events(3))).toMatchObject({ repeated: true });
        await expect(again.append(stream('a'), 0, events(4))).rejects.toMatchObject({ actual: 1 });
        expect((await again.append(stream('a'), 1, events(4))).position).toBeGreaterThan(head);
      }
      await close();
    });
  });
};
