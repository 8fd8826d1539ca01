import type { DataOf } from '@rapport/kernel';
import type * as events from '@rapport/domain/events';
import { lines, type Cells } from './template.cells';
import type { TicketFile } from './ticket-file';

/** One column as it stands in the handbook: its headings, and what is written into it. */
export interface TemplateColumn<Row> {
  readonly zh: string;
  readonly en: string;
  readonly cell: (row: Row, cells: Cells) => string;
}
type Columns<Row> = readonly TemplateColumn<Row>[];
export interface Assessed extends TicketFile {
  readonly assessment: NonNullable<TicketFile['assessment']>;
}
export interface Spoken extends TicketFile {
  readonly strategy: NonNullable<TicketFile['strategy']>;
}
export interface Executed extends TicketFile {
  readonly step: DataOf<typeof events.ExecutionStepRecorded>;
}
const NUMBER: TemplateColumn<TicketFile> = {
  ...{ zh: '需求编号', en: 'Ticket number', cell: ({ ticketNumber }) => ticketNumber },
};

/** Template 1, customer need information (4.1): the twelve columns of the table, then what its text asks for. */
// prettier-ignore
export const NEED_INFORMATION: Columns<TicketFile> = [
  NUMBER,
  { zh: '客户名称', en: 'Customer', cell: ({ customerName }) => customerName },
  { zh: '联系人', en: 'Contact', cell: ({ contactName }) => contactName },
  { zh: '所属行业', en: 'Industry', cell: ({ intake }) => intake.industry ?? '' },
  { zh: '客户等级', en: 'Customer grade', cell: ({ intake }, cells) => cells.code('grade', intake.grade) },
  { zh: '需求类型', en: 'Need type', cell: ({ intake }, cells) => cells.code('type', intake.type) },
  { zh: '需求具体内容（客户原话+提炼）', en: 'Need (customer’s words and summary)', cell: ({ intake }, cells) =>
    lines(cells.named('VERBATIM', intake.verbatim), cells.named('DISTILLED', intake.distilled)) },
  { zh: '提出渠道', en: 'Channel', cell: ({ intake }, cells) => cells.code('channel', intake.channel) },
  { zh: '提出时间', en: 'Raised at', cell: ({ intake }, cells) => intake.raisedOn ?? cells.time(intake.raisedAt) },
  { zh: '紧急程度', en: 'Urgency', cell: ({ intake }, cells) => cells.code('urgency', intake.urgency) },
  { zh: '关联订单号', en: 'Order numbers', cell: ({ intake }, cells) => {
    const orders = cells.list(intake.orderNumbers ?? []);
    return orders === '' ? '' : cells.marked(orders, 'UNVERIFIED', intake.ordersVerified !== true);
  } },
  { zh: '需求收集人', en: 'Collected by', cell: ({ intake }) => intake.collectorId },
  { zh: '合作历史', en: 'Cooperation history', cell: ({ intake }) => intake.cooperationHistory ?? '' },
  { zh: '期望目标', en: 'Expected goal', cell: ({ intake }) => intake.expectedGoal ?? '' },
  { zh: '需求背景', en: 'Background', cell: ({ intake }) => intake.background ?? '' },
  { zh: '关联互动', en: 'Related interactions', cell: ({ intake }, cells) => cells.list(intake.relatedInteractions ?? []) },
  { zh: '附件', en: 'Attachments', cell: ({ intake }, cells) =>
    cells.list((intake.attachments ?? []).map(({ name, encrypted }) => cells.marked(name, 'ENCRYPTED', encrypted === true))) },
  { zh: '称谓', en: 'Salutation', cell: ({ intake }) => intake.salutation ?? '' },
  { zh: '是否咨询', en: 'Enquiry', cell: ({ intake }, cells) => cells.flag(intake.isEnquiry) },
  { zh: '是否复杂', en: 'Complex', cell: ({ intake, assessment }, cells) => cells.flag(assessment?.isComplex ?? intake.isComplex) },
];

/** Template 2, need analysis and assessment (4.2): the nine columns of the table, then the tests and the reason. */
// prettier-ignore
export const NEED_ASSESSMENT: Columns<Assessed> = [
  NUMBER,
  { zh: '需求类型', en: 'Need type', cell: ({ intake }, cells) => cells.code('type', intake.type) },
  { zh: '合理性评估（可/否/部分）', en: 'Can it be done (yes/no/partly)', cell: ({ assessment }, cells) => cells.code('verdict', assessment.verdict) },
  { zh: '优先级（1-4级，1级最高）', en: 'Priority (1–4, 1 is the highest)', cell: ({ priority }) => (priority === undefined ? '' : String(priority)) },
  { zh: '处理建议', en: 'Suggestion', cell: ({ assessment: { suggestionCode, suggestionText, alternative, noAlternative } }, cells) =>
    lines(
      cells.code('suggestion', suggestionCode),
      suggestionText,
      cells.named('ALTERNATIVE', alternative),
      noAlternative ? cells.code('word', 'NO_ALTERNATIVE') : '',
    ) },
  { zh: '所需资源（人力/技术/预算）', en: 'Resources (people, technology, budget)', cell: ({ assessment }, cells) => cells.resources(assessment.resources) },
  { zh: '责任部门', en: 'Responsible department', cell: ({ assessment }, cells) => cells.code('department', assessment.responsibleDepartment) },
  { zh: '分析人', en: 'Analysed by', cell: ({ assessment }) => assessment.analystId },
  { zh: '分析日期', en: 'Analysed on', cell: ({ assessment }) => assessment.analysedOn },
  { zh: '服务范围内', en: 'Within service scope', cell: ({ assessment }, cells) => cells.flag(assessment.inScope) },
  { zh: '符合行业惯例', en: 'Matches industry norm', cell: ({ assessment }, cells) => cells.flag(assessment.matchesIndustryNorm) },
  { zh: '可操作', en: 'Operable', cell: ({ assessment }, cells) => cells.flag(assessment.operable) },
  { zh: '理由', en: 'Reason', cell: ({ assessment }) => assessment.reason ?? '' },
];

/** Template 3, communication strategy (4.3): the eight columns of the table. */
// prettier-ignore
export const COMMUNICATION_STRATEGY: Columns<Spoken> = [
  NUMBER,
  { zh: '沟通目标', en: 'Goals', cell: ({ strategy }, cells) => lines(cells.codes('goal', strategy.goals), strategy.goalText ?? '') },
  { zh: '沟通方式', en: 'Modes', cell: ({ strategy }, cells) => cells.codes('mode', strategy.modes) },
  { zh: '首次响应时间', en: 'First response due', cell: ({ strategy }, cells) => cells.time(strategy.firstResponseDue) },
  { zh: '关键沟通节点', en: 'Key nodes', cell: ({ strategy }, cells) => cells.nodes(strategy) },
  { zh: '责任人', en: 'Owner', cell: ({ strategy }) => strategy.ownerId },
  { zh: '话术要点（示例）', en: 'Script points', cell: ({ strategy }, cells) => cells.script(strategy) },
  { zh: '风险预案', en: 'Risk plan', cell: ({ strategy: { riskTrigger, riskAction, riskDepartment } }, cells) =>
    lines(
      cells.named('TRIGGER', riskTrigger),
      cells.named('ACTION', cells.list([riskAction ?? '', cells.code('department', riskDepartment)])),
    ) },
];

/** Template 4, execution tracking (4.4): the seven columns of the table, then what its text asks for; one row a step. */
// prettier-ignore
export const EXECUTION_TRACKING: Columns<Executed> = [
  NUMBER,
  { zh: '执行阶段', en: 'Stage', cell: ({ step }, cells) => cells.code('stage', step.stage) },
  { zh: '执行时间', en: 'Executed at', cell: ({ step }, cells) => cells.time(step.executedAt) },
  { zh: '执行人', en: 'Executed by', cell: ({ step }) => step.executorId },
  { zh: '客户反馈', en: 'Customer feedback', cell: ({ step }) => step.customerFeedback ?? '' },
  { zh: '进展描述', en: 'Progress', cell: ({ step }) => step.progress },
  { zh: '下一节点', en: 'Next node', cell: ({ step }, cells) => cells.list([cells.code('stage', step.nextNode), cells.time(step.nextDue)]) },
  { zh: '参与人', en: 'Participants', cell: ({ step }, cells) => cells.list(step.participants ?? []) },
  { zh: '内部进展', en: 'Internal progress', cell: ({ step }) => step.internalProgress ?? '' },
];
