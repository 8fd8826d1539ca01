import type * as commands from '@rapport/domain/commands';
import { Edge } from '../support/edge';
import { storyFrom, type Story } from '../support/story';

/** Friday 1 March 2024, 17:00 in Shanghai. */
const RAISED = '2024-03-01T09:00:00.000Z';
const specialist = { id: 'specialist', role: 'SERVICE_SPECIALIST' };
const ticketId = 't-1';

interface Told extends Story {
  readonly edge: Edge;
  say(type: keyof typeof commands, body: object): Promise<void>;
}
const story = async (): Promise<Told> => {
  const told = await storyFrom(RAISED, specialist);
  const edge = await Edge.of(told.application, {}, false);
  const say = async (type: string, body: object): Promise<void> => {
    const reply = await edge.post(type, body, {
      'x-actor-id': 'specialist',
      'x-actor-role': specialist.role,
    });
    expect(reply.status).toBe(200);
    await told.application.settle();
  };
  return { ...told, edge, say };
};

describe('the templates of a ticket over HTTP', () => {
  let told: Told;
  beforeAll(async () => {
    told = await story();
    const a = {
      customerId: 'c-a',
      name: 'A公司',
      industry: '制造业',
      source: 'SALES_HANDOVER',
      grade: 'VIP',
    };
    await told.say('RegisterCustomer', a);
    const need = { customerId: 'c-a', type: 'FUNCTIONAL', urgency: 'IMPORTANT', channel: 'EMAIL' };
    const said = { ...need, verbatim: '想批量导出订单数据', collectorId: 'specialist', raisedAt: RAISED };
    for (const id of ['t-0', ticketId]) await told.say('RegisterTicket', { ...said, ticketId: id });
  });
  afterAll(() => told.edge.stop());
  const get = (path: string, { id, role } = specialist) =>
    told.edge.get(encodeURI(`/tickets/${path}`), { 'x-actor-id': id, 'x-actor-role': role });

  it('are files: CSV in Chinese, if nothing else is asked for', async () => {
    const reply = await get('需-2024-002/templates/1');
    expect([reply.status, reply.type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(reply.headers['content-disposition']).toBe('attachment; filename="template-1.csv"');
    const [head, line] = reply.text.split('\r\n');
    expect(head).toMatch(/^\uFEFF需求编号,客户名称,联系人,/);
    expect(line).toMatch(
      /^需-2024-002,A公司,,制造业,VIP,功能,客户原话：想批量导出订单数据,邮件,2024-03-01 17:00,重要,/,
    );
  });
  it('by number, its ASCII form or id; as Markdown, in English', async () => {
    for (const no of ['REQ-2024-002', '需-2024-002', ticketId]) {
      const reply = await get(`${no}/templates/1?format=md&lang=en`);
      expect([reply.status, reply.type]).toEqual([200, 'text/markdown; charset=utf-8']);
      expect(reply.text).toContain('| 需-2024-002 | A公司 |');
      expect(reply.text).toContain('## Customer need information');
    }
  });
  it('an analyst sees that what names a person is sealed', async () => {
    const { text } = await get('REQ-2024-002/templates/1', { id: 'ada', role: 'ANALYST' });
    expect(text).toContain('需-2024-002,(sealed),,制造业,VIP,功能,客户原话：(sealed),');
  });
  it('a template that has nothing to say yet is empty but for its headings', async () => {
    for (const n of [2, 3, 4])
      expect((await get(`REQ-2024-001/templates/${n}`)).text.split('\r\n')).toHaveLength(2);
  });
  it('what there is not is not found, and what is no parameter is refused', async () => {
    const codes = [
      'REQ-2024-003/templates/1',
      'REQ-2024-000/templates/1',
      't-9/templates/1',
      'REQ-2024-001/templates/5',
    ].map(async (path) => {
      const { status, body } = await get(path);
      return [status, body.code];
    });
    expect(await Promise.all(codes)).toEqual([
      ...[
        [404, 'NO_SUCH_TICKET'],
        [404, 'NO_SUCH_TICKET'],
        [404, 'NO_SUCH_TICKET'],
        [404, 'UNKNOWN_TEMPLATE'],
      ],
    ]);
    expect((await get('REQ-2024-001/templates/1?format=pdf')).status).toBe(400);
    expect((await get('REQ-2024-001/templates/1?colour=red')).status).toBe(400);
  });
  it('whoever has been forgotten is forgotten here at once', async () => {
    await told.application.plan.keys.forget('c-a', RAISED);
    const { text } = await get('REQ-2024-002/templates/1');
    expect(text).toContain('需-2024-002,(erased),,制造业,VIP,功能,客户原话：(erased),');
    expect(text).not.toMatch(/A公司|导出/);
  });
});
