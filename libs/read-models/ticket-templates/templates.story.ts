import * as e from '@rapport/domain/events';
import type {} from '@rapport/kernel';

/** WE-01 as it stands in section 4: company A, raised on Friday 1 March 2024 at 17:00 in Shanghai. */
export const raisedAt = '2024-03-01T09:00:00.000Z';
export const of = {
  ticketId: 't-1',
  customerId: 'c-1',
  type: 'FUNCTIONAL',
  urgency: 'IMPORTANT',
  raisedAt,
} as const;
export const customer = [
  e.CustomerRegistered.of({
    ...{ customerId: 'c-1', name: 'A公司', industry: '制造业', source: 'SALES_HANDOVER', grade: 'VIP' },
    ...{ keyAccount: false, strategicPartner: false, zone: 'Asia/Shanghai', registeredAt: raisedAt },
  }),
  e.ContactAdded.of({
    ...{ customerId: 'c-1', contactId: 'lin', name: '林总', roles: ['DECISION_MAKER'], influence: 1 },
  }),
];
export const registered = e.TicketRegistered.of({
  ...{ ...of, contactId: 'lin', channel: 'EMAIL', verbatim: '想批量导出订单数据', industry: '制造业' },
  ...{ distilled: '按自选字段筛选并批量导出订单', grade: 'VIP', orderNumbers: ['ORD20240228'] },
  ...{ ordersVerified: true, collectorId: 'specialist', isEnquiry: false, isComplex: false },
});
export const analysed = e.TicketAnalysed.of({
  ...{ ...of, version: 1, verdict: 'PARTIAL', inScope: true, matchesIndustryNorm: true, operable: false },
  ...{ reason: '需要开发', suggestionCode: 'NEEDS_COORDINATION', suggestionText: '协调研发资源' },
  ...{ alternativeRequired: true, alternative: '先用表格模板', noAlternative: false, isComplex: false },
  resources: {
    people: [
      { department: 'TECHNICAL', people: 2 },
      { department: 'PRODUCT', people: 1 },
    ],
    budget: { minor: 0, currency: 'CNY' },
  },
  ...{ responsibleDepartment: 'RND', analystId: 'supervisor', analysedOn: '2024-03-02', mustBeTold: true },
});
export const prioritised = e.TicketPrioritised.of({
  ...{ ...of, priority: 2, quadrant: 'Q2', level: 2, urgent: false, important: true, score: 0 },
  scores: { impact: 0, returnOnCost: 0, customerValue: 0, feasibility: 0 },
  ...{ handling: 'SPECIAL_PLAN', emergency: false, prioritisedAt: raisedAt },
});
export const strategySet = e.CommunicationStrategySet.of({
  ...{ ...of, version: 1, goals: ['CONFIRM_DETAILS', 'TELL_DEVELOPMENT_CYCLE'], modes: ['PHONE', 'EMAIL'] },
  firstResponseDue: '2024-03-02T09:00:00.000Z',
  keyNodes: [
    {
      ...{ nodeId: 'n1', dueAt: '2024-03-05T10:00:00.000Z', content: '汇报技术评估结果' },
      agreedWithCustomer: true,
    },
  ],
  ...{ ownerId: 'manager', ownerCapacity: 'ACCOUNT_MANAGER', adHoc: true, openingWords: '您好' },
  ...{ coreWords: '开发需2-3周\n先提供表格模板', closingWords: '这样可以吗？', nextAction: '汇报评估' },
  ...{
    nextActionAt: '2024-03-05T10:00:00.000Z',
    riskTrigger: '客户坚持原需求',
    riskAction: '出具详细开发计划',
  },
  ...{ riskDepartment: 'TECHNICAL', scripts: [{ part: 'CORE', scriptId: 's-7' }] },
});
export const step = (data: Partial<e.ExecutionStepRecorded>) =>
  e.ExecutionStepRecorded.of({
    ...{ ...of, step: 1, stage: 'INTAKE', executedAt: '2024-03-02T06:30:00.000Z', executorId: 'specialist' },
    ...{ progress: '已确认细节，发送分析表', final: false, lateEntry: false, ...data },
  });
export const steps = [
  step({ customerFeedback: '希望尽快确定方案', nextNode: 'TECHNICAL_EVALUATION' }),
  step({
    ...{ step: 2, stage: 'TECHNICAL_EVALUATION', executedAt: '2024-03-05T08:00:00.000Z' },
    ...{ executorId: 'supervisor', customerFeedback: '可以先用模板', progress: '可行性分析完成' },
    ...{ nextNode: 'TEMPLATE_DELIVERY', nextDue: '2024-03-08T16:00:00.000Z' },
    ...{ participants: ['rnd', 'product'], internalProgress: '接口已评审' },
  }),
];
