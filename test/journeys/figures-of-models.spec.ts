import { pauseModel, StandsStill } from '@rapport/kernel';
import { Edge } from '../support/edge';
import { until } from '../support/patience';
import { broken, strange } from '../support/poisoned-jars';
import { hotel } from '../support/small-hotel';

/** Keepers look after operators once a second. */
jest.setTimeout(60_000);

const NOW = '2024-03-01T09:00:00.000Z';
const guest = (guestId: string) => ({ guestId, name: 'Ann Bell', room: 'SINGLE', nights: 1 });
const figuresOf = async (edge: Edge): Promise<(name: string, labels?: string) => number | undefined> => {
  const { text } = await edge.get('/metrics');
  return (name, labels = '') => {
    const line = text
      .split('\n')
      .find((one) => one.startsWith(labels === '' ? `${name} ` : `${name}{${labels}}`));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
};
const GUESTS = 'model="guests@2"';
const VISITS = 'model="visits@1"';

describe('the figures of read models', () => {
  it('tell how far each is, how it is doing and how fast, without ids', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    const mended = broken(edge.application.plan.readModels[1]!.on, 'GuestArrived');
    for (const name of ['secret-ann', 'secret-bea']) {
      await edge.post('CheckIn', guest(name));
      await edge.post('CheckOut', { guestId: name });
      await edge.post('CheckIn', guest(name));
    }
    await edge.application.store.log.append('stay-x', -1, [
      strange('GuestVanished'),
      strange('GuestVanished'),
    ]);
    await edge.application.settle();
    mended();
    const figure = await figuresOf(edge);
    for (const model of [
      GUESTS,
      VISITS,
      'model="when-nights-over-then-check-out@1"',
      'model="log-seals@1"',
    ]) {
      expect(figure('rapport_projection_position', model)).toBe(8);
      expect(figure('rapport_projection_lag_events', model)).toBe(0);
      expect(figure('rapport_projection_lag_seconds', model)).toBe(0);
      expect(figure('rapport_projection_paused', model)).toBe(0);
      expect(figure('rapport_projection_stands_still', model)).toBe(0);
      expect(figure('rapport_projection_owner', model)).toBe(1);
      expect(figure('rapport_projection_events_total', model)).toBe(8);
      expect(figure('rapport_projection_batch_seconds_count', model)).toBeGreaterThan(0);
      expect(figure('rapport_projection_batch_seconds_sum', model)).toBeGreaterThan(0);
    }
    expect(figure('rapport_projection_parked_keys', GUESTS)).toBe(0);
    expect(figure('rapport_projection_parked_keys', VISITS)).toBe(2);
    expect(figure('rapport_projection_parked_events', VISITS)).toBe(4);
    expect(figure('rapport_events_unknown_total', 'type="GuestVanished"')).toBe(2);
    expect((await edge.get('/metrics')).text).not.toContain('secret');
    await edge.stop();
  });

  it('tell of one that is paused or stands still, and how old what it has not read is', async () => {
    const edge = await Edge.of(hotel(() => NOW));
    const { rows, plan } = edge.application;
    const degraded = async () => (await edge.get('/health/ready')).body['degraded'] as readonly string[];
    await pauseModel(rows, 'visits@1', { by: 'ann', reason: 'x' });
    await until('it is heeded', async () => (await degraded()).length === 1);
    const on = plan.readModels[0]!.on as Record<string, unknown>;
    const whole = on['GuestArrived'];
    on['GuestArrived'] = () => {
      throw new StandsStill('it is full');
    };
    await edge.post('CheckIn', guest('ann'));
    const standsStill = async () => (await figuresOf(edge))('rapport_projection_stands_still', GUESTS);
    await until('it stands still', async () => (await standsStill()) === 1);
    on['GuestArrived'] = whole;
    const figure = await figuresOf(edge);
    expect(figure('rapport_projection_lag_events', GUESTS)).toBe(1);
    expect(figure('rapport_projection_lag_seconds', GUESTS)).toBeGreaterThan(0);
    expect(figure('rapport_projection_lag_events', VISITS)).toBe(1);
    expect(figure('rapport_projection_stands_still', VISITS)).toBe(0);
    expect(figure('rapport_projection_paused', VISITS)).toBe(1);
    expect(await degraded()).toEqual(['guests@2 stands still: it is full', 'visits@1 paused by ann: x']);
    await edge.stop();
  });

  it('are not those of models that another process keeps', async () => {
    const here = hotel(() => NOW, { leaseMs: 60_000 });
    const edge = await Edge.of(here);
    const { log, rows, keys } = here.plan;
    const other = await Edge.of(hotel(() => NOW, { leaseMs: 60_000, log, rows, keys }));
    await edge.post('CheckIn', guest('ann'));
    await here.settle();
    const [figure, elsewhere] = [await figuresOf(edge), await figuresOf(other)];
    expect([
      figure('rapport_projection_owner', GUESTS),
      elsewhere('rapport_projection_owner', GUESTS),
    ]).toEqual([1, 0]);
    expect(elsewhere('rapport_projection_position', GUESTS)).toBe(1);
    expect(elsewhere('rapport_projection_lag_events', GUESTS)).toBe(0);
    expect(elsewhere('rapport_projection_events_total', GUESTS)).toBeUndefined();
    await other.app.close();
    await other.application.pause();
    await edge.stop();
  });
});
