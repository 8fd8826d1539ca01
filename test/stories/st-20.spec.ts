import * as c from '@rapport/domain/commands';
import { SpokenComplaint, type ComplaintCause } from '@rapport/domain/values';
import { hydrate, type Actor } from '@rapport/kernel';
import { Stage } from '../support/stage';

/** By the clock in Shanghai, 2024. */
const on = (date: string, time: string) => new Date(`2024-${date}T${time}:00+08:00`).toISOString();
const ANN: Actor = { id: 'ann', role: 'SERVICE_SPECIALIST' };
const IN_MARCH: readonly (readonly [ComplaintCause, number])[] = [
  ['PRODUCT_FAULT', 4],
  ['POOR_QUALITY', 2],
  ['SLOW_RESPONSE', 4],
  ['INSUFFICIENT_COMMUNICATION', 2],
];
const march = { from: '2024-03', to: '2024-03' };

/** ST-20, monthly problem report: what lies in it of counting. */
describe('ST-20', () => {
  const stage = new Stage();
  let n = 0;
  let known: string | undefined;
  const complains = async (cause: ComplaintCause, raisedAt: string): Promise<void> => {
    n += 1;
    const customer = { name: `C-20-${n}`, industry: 'Retail', source: 'REFERRAL' } as const;
    await stage.wants(ANN, c.RegisterCustomer.of({ customerId: `c-20-${n}`, ...customer }));
    const complaint = hydrate(SpokenComplaint, { causes: [cause], emotion: 'CALM' });
    const need = { type: 'COMPLAINT', urgency: 'ROUTINE', channel: 'EMAIL', complaint } as const;
    const said = { verbatim: 'this is not right', collectorId: 'ann', raisedAt } as const;
    const of = { ticketId: `t-20-${n}`, customerId: `c-20-${n}` };
    await stage.wants(ANN, c.RegisterTicket.of({ ...of, ...need, ...said }));
  };
  const countsOf = async (params: Readonly<Record<string, string>>) => {
    const { byCategory, total } = await stage.report('complaints', { ...march, ...params });
    const lines = byCategory as unknown as readonly { category: string; complaints: number }[];
    return { total, ...Object.fromEntries(lines.map((line) => [line.category, line.complaints])) };
  };

  it('1. Given 12 problems in March: 6 PRODUCT (4 of one fault), 4 SERVICE, 2 COMMUNICATION', async () => {
    await stage.at(on('03-11', '10:00'));
    for (const [cause, times] of IN_MARCH)
      for (let each = 0; each < times; each += 1) await complains(cause, on('03-11', '10:00'));
  });

  it.todo('2. IssueProblemAnalysisReport by Fri 2024-04-05 18:00, routed to owners (waits for SYS-63)');
  it('2. then counts equal events', async () => {
    await stage.at(on('04-05', '18:00'));
    known = (await stage.get('/complaints?limit=1')).body.meta.position;
    expect(await countsOf({})).toMatchObject({ PRODUCT: 6, SERVICE: 4, COMMUNICATION: 2 });
    const { byCause } = await stage.report('complaints', march);
    expect(byCause).toEqual(
      expect.arrayContaining([expect.objectContaining({ cause: 'PRODUCT_FAULT', complaints: 4 })]),
    );
  });

  it('3. When a late March complaint is recorded 10 April, then what was known then is unchanged, and what is known now has it', async () => {
    await stage.at(on('04-10', '10:00'));
    await complains('SLOW_RESPONSE', on('03-29', '10:00'));
    expect(await countsOf({ knownAt: known ?? '' })).toMatchObject({
      PRODUCT: 6,
      SERVICE: 4,
      COMMUNICATION: 2,
    });
    expect(await countsOf({})).toMatchObject({ PRODUCT: 6, SERVICE: 5, COMMUNICATION: 2 });
  });

  it.todo('3. revision 2 of the report; 4. answers due in 10 working days (wait for SYS-63)');
});
