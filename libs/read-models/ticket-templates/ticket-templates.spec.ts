import * as e from '@rapport/domain/events';
import { recorded } from '@rapport/kernel/spec';
import type { NewEvent } from '@rapport/kernel';
import { TICKET_TEMPLATES } from './templates';
import { maskedName, ticketFileOf, type TicketFile } from './ticket-file';

import {
  raisedAt,
  of,
  customer,
  registered,
  analysed,
  prioritised,
  strategySet,
  step,
  steps,
} from './templates.story';

const fileOf = (events: readonly NewEvent[], about: readonly NewEvent[] = customer): TicketFile | null =>
  ticketFileOf(events.map(recorded), about.map(recorded), '需-2024-001');
const whole = [registered, analysed, prioritised, strategySet, ...steps];
const filled = (n: number, language: 'zh' | 'en', events: readonly NewEvent[] = whole) =>
  TICKET_TEMPLATES[n]!.fill([fileOf(events)!], language);
/** The cells by their headings. */
const cells = (n: number, language: 'zh' | 'en', events: readonly NewEvent[] = whole, row = 0) => {
  const { headings, rows } = filled(n, language, events);
  return Object.fromEntries(headings.map((heading, at) => [heading, rows[row]?.[at]]));
};

describe('template 1, customer need information (4.1)', () => {
  it('has the twelve columns of the table in their order, then what the text asks for', () => {
    expect(filled(1, 'zh').headings).toEqual([
      ...[
        '需求编号',
        '客户名称',
        '联系人',
        '所属行业',
        '客户等级',
        '需求类型',
        '需求具体内容（客户原话+提炼）',
      ],
      ...['提出渠道', '提出时间', '紧急程度', '关联订单号', '需求收集人'],
      ...['合作历史', '期望目标', '需求背景', '关联互动', '附件', '称谓', '是否咨询', '是否复杂'],
    ]);
  });
  it('holds the worked values', () => {
    expect(cells(1, 'zh')).toMatchObject({
      ...{ 需求编号: '需-2024-001', 客户名称: 'A公司', 联系人: '*总', 所属行业: '制造业', 客户等级: 'VIP' },
      ...{ 需求类型: '功能', 提出渠道: '邮件', 提出时间: '2024-03-01 17:00', 紧急程度: '重要' },
      ...{ 关联订单号: 'ORD20240228', 需求收集人: 'specialist', 是否咨询: '否', 是否复杂: '否' },
      '需求具体内容（客户原话+提炼）': '客户原话：想批量导出订单数据\n提炼：按自选字段筛选并批量导出订单',
    });
    expect(cells(1, 'en')).toMatchObject({
      ...{ 'Ticket number': '需-2024-001', Customer: 'A公司', Contact: '*总', Channel: 'EMAIL' },
      ...{ 'Need type': 'FUNCTIONAL', Urgency: 'IMPORTANT', 'Raised at': '2024-03-01 17:00' },
      'Need (customer’s words and summary)':
        'Verbatim: 想批量导出订单数据\nDistilled: 按自选字段筛选并批量导出订单',
    });
  });
  it('shows the day alone where no time of it was known (O-22), and the talks that it is about', () => {
    const known = { raisedOn: '2024-03-01', relatedInteractions: ['i-1', 'i-2'] };
    const onDay = e.TicketRegistered.of({ ...registered.data, ...known });
    expect(cells(1, 'zh', [onDay])).toMatchObject({ 提出时间: '2024-03-01', 关联互动: 'i-1、i-2' });
    expect(cells(1, 'en', [onDay])).toMatchObject({ 'Related interactions': 'i-1, i-2' });
  });
  it('follows what was set right since, and the verbatim stays', () => {
    const amended = e.TicketDetailsAmended.of({
      ...{ ...of, distilled: '导出', orderNumbers: ['O-1', 'O-2'], ordersVerified: false, contactId: 'bo' },
      ...{ expectedGoal: '省时', background: '月结', cooperationHistory: '三年', salutation: '先生' },
    });
    const filed = e.TicketAttachmentAdded.of({ ...of, attachment: { name: 'a.png', encrypted: true } });
    const changed = e.TicketUrgencyChanged.of({
      ...of,
      urgency: 'URGENT',
      from: 'IMPORTANT',
      to: 'URGENT',
      reason: 'x',
    });
    const classified = e.TicketClassified.of({
      ...{ ...of, type: 'SERVICE', from: 'FUNCTIONAL', to: 'SERVICE', isEnquiry: true, channel: 'EMAIL' },
    });
    expect(cells(1, 'zh', [registered, amended, filed, changed, classified])).toMatchObject({
      ...{
        需求类型: '服务',
        紧急程度: '紧急',
        关联订单号: 'O-1、O-2 (未核实)',
        联系人: '',
        附件: 'a.png (已加密)',
      },
      ...{ 期望目标: '省时', 需求背景: '月结', 合作历史: '三年', 称谓: '先生', 是否咨询: '是' },
      '需求具体内容（客户原话+提炼）': '客户原话：想批量导出订单数据\n提炼：导出',
    });
  });
  it('shows what the customer and the contact are called now, by the clock that they live by', () => {
    const renamed = e.ContactUpdated.of({ customerId: 'c-1', contactId: 'lin', name: '王经理' });
    const phoned = e.ContactUpdated.of({ customerId: 'c-1', contactId: 'lin', phone: '1' });
    const moved = e.CustomerProfileUpdated.of({
      ...{ customerId: 'c-1', field: 'ZONE', to: 'Europe/Berlin', source: 'OTHER' },
    });
    const file = fileOf([registered], [...customer, renamed, phoned, moved])!;
    expect(file).toMatchObject({ contactName: '*经理', zone: 'Europe/Berlin' });
    expect(TICKET_TEMPLATES[1]!.fill([file], 'zh').rows[0]).toContain('2024-03-01 10:00');
    expect(fileOf([registered], [])).toMatchObject({
      customerName: '',
      contactName: '',
      zone: 'Asia/Shanghai',
    });
  });
  it('masks names, and leaves alone what is sealed or erased', () => {
    expect(['林总', 'Ann Lee', '(erased)', '(sealed)', ''].map(maskedName)).toEqual([
      ...['*总', 'A* L*', '(erased)', '(sealed)', ''],
    ]);
  });
});

describe('template 2, need analysis and assessment (4.2)', () => {
  it('has the nine columns of the table in their order, then the tests and the reason', () => {
    expect(filled(2, 'zh').headings).toEqual([
      ...['需求编号', '需求类型', '合理性评估（可/否/部分）', '优先级（1-4级，1级最高）', '处理建议'],
      ...['所需资源（人力/技术/预算）', '责任部门', '分析人', '分析日期'],
      ...['服务范围内', '符合行业惯例', '可操作', '理由'],
    ]);
  });
  it('holds the worked values', () => {
    expect(filled(2, 'zh').rows).toEqual([
      [
        ...['需-2024-001', '功能', '部分', '2', '需资源协调\n协调研发资源\n替代方案：先用表格模板'],
        ...['技术部 2、产品部 1', '研发部', 'supervisor', '2024-03-02', '是', '是', '否', '需要开发'],
      ],
    ]);
    expect(filled(2, 'en').rows[0]?.slice(1, 7)).toEqual([
      ...['FUNCTIONAL', 'PARTIAL', '2', 'NEEDS_COORDINATION\n协调研发资源\nAlternative: 先用表格模板'],
      ...['TECHNICAL 2, PRODUCT 1', 'RND'],
    ]);
  });
  it('shows the version that holds, the last priority, and money where there is some', () => {
    const { reason: _, alternative: __, ...rest } = analysed.data as e.TicketAnalysed;
    const revised = e.TicketAnalysisRevised.of({
      ...{ ...rest, version: 2, from: 'PARTIAL', revisionReason: 'x', verdict: 'NO', noAlternative: true },
      resources: { people: [], technology: 'API', budget: { minor: 1_250_00, currency: 'CNY' } },
    });
    const overridden = e.TicketPriorityOverridden.of({
      ...{ ...(prioritised.data as e.TicketPrioritised), level: 1, quadrant: 'Q1', from: 'Q2', to: 'Q1' },
      ...{ reason: 'x', approverId: 'uma', overriddenAt: raisedAt },
    });
    expect(filled(2, 'zh', [...whole, revised, overridden]).rows).toEqual([
      [
        ...[
          '需-2024-001',
          '功能',
          '否',
          '1',
          '需资源协调\n协调研发资源\n无替代方案',
          '技术：API\n预算：1250.00 CNY',
        ],
        ...['研发部', 'supervisor', '2024-03-02', '是', '是', '否', ''],
      ],
    ]);
  });
  it('is empty as long as nobody has analysed it, and so is its priority', () => {
    expect(filled(2, 'zh', [registered]).rows).toEqual([]);
    expect(filled(2, 'zh', [registered, analysed]).rows[0]?.[3]).toBe('');
  });
});

describe('template 3, communication strategy (4.3)', () => {
  it('has the eight columns of the table, with the worked values', () => {
    const { headings, rows } = filled(3, 'zh');
    expect(headings).toEqual([
      ...[
        '需求编号',
        '沟通目标',
        '沟通方式',
        '首次响应时间',
        '关键沟通节点',
        '责任人',
        '话术要点（示例）',
        '风险预案',
      ],
    ]);
    expect(rows).toEqual([
      [
        ...['需-2024-001', '确认细节、告知开发周期', '电话、邮件', '2024-03-02 17:00'],
        ...['2024-03-05 18:00 汇报技术评估结果 (已与客户约定)', 'manager'],
        '开场: 您好\n核心: 开发需2-3周、先提供表格模板、s-7\n结束: 这样可以吗？\n下一步：汇报评估 (2024-03-05 18:00)',
        '触发条件：客户坚持原需求\n应对措施：出具详细开发计划、技术部',
      ],
    ]);
    expect(filled(3, 'en').rows[0]?.slice(1, 3)).toEqual([
      ...['CONFIRM_DETAILS, TELL_DEVELOPMENT_CYCLE', 'PHONE, EMAIL'],
    ]);
  });
  it('is empty as long as nobody has settled one', () => {
    expect(filled(3, 'zh', [registered]).rows).toEqual([]);
  });
});

describe('template 4, execution tracking (4.4)', () => {
  it('has the seven columns of the table, then who took part; one row a step, with the worked values', () => {
    const { headings, rows } = filled(4, 'zh');
    expect(headings).toEqual([
      ...[
        '需求编号',
        '执行阶段',
        '执行时间',
        '执行人',
        '客户反馈',
        '进展描述',
        '下一节点',
        '参与人',
        '内部进展',
      ],
    ]);
    expect(rows).toEqual([
      [
        ...['需-2024-001', '需求受理', '2024-03-02 14:30', 'specialist', '希望尽快确定方案'],
        ...['已确认细节，发送分析表', '技术评估', '', ''],
      ],
      [
        ...['需-2024-001', '技术评估', '2024-03-05 16:00', 'supervisor', '可以先用模板', '可行性分析完成'],
        ...['模板交付、2024-03-09 00:00', 'rnd、product', '接口已评审'],
      ],
    ]);
    expect(filled(4, 'en').rows[1]?.[6]).toBe('TEMPLATE_DELIVERY, 2024-03-09 00:00');
  });
  it('leaves stages of somebody’s own as they were written', () => {
    expect(filled(4, 'zh', [registered, step({ stage: 'Workshop', final: true })]).rows[0]?.[1]).toBe(
      'Workshop',
    );
  });
});

describe('several tickets and none', () => {
  it('a ticket that was never registered has no file', () => {
    expect(fileOf([])).toBeNull();
  });
  it('tickets follow each other in one table', () => {
    const files = [fileOf(whole)!, { ...fileOf(whole)!, ticketNumber: '需-2024-002' }];
    expect(TICKET_TEMPLATES[4]!.fill(files, 'zh').rows.map(([number]) => number)).toEqual([
      ...['需-2024-001', '需-2024-001', '需-2024-002', '需-2024-002'],
    ]);
  });
});
