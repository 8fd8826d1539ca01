import type {
  Channel,
  CommunicationGoal,
  CommunicationMode,
  CustomerGrade,
  Department,
  HandlingSuggestion,
  RationalityVerdict,
  ScriptPart,
  TicketType,
  Urgency,
} from '@rapport/domain/values';

/** The languages that headings and codes are written in. */
export const TEMPLATE_LANGUAGES = ['zh', 'en'] as const;
export type TemplateLanguage = (typeof TEMPLATE_LANGUAGES)[number];

type Labels<Code extends string> = Readonly<Record<Code, string>>;

/** Codes as Chinese readers know them; in English a code is its own word (O-43). */
export const LABELS = {
  type: {
    ...{ FUNCTIONAL: '功能', SERVICE: '服务', COMPLAINT: '投诉', COOPERATION: '合作' },
  } satisfies Labels<TicketType>,
  urgency: { URGENT: '紧急', IMPORTANT: '重要', ROUTINE: '常规' } satisfies Labels<Urgency>,
  grade: { VIP: 'VIP', REGULAR: '普通', PROSPECT: '潜在' } satisfies Labels<CustomerGrade>,
  channel: {
    ...{ PHONE: '电话', EMAIL: '邮件', ONLINE_CHAT: '在线客服', OFFLINE_VISIT: '线下拜访' },
    ...{ THIRD_PARTY_PLATFORM: '第三方平台反馈', WECOM: '企业微信', COMMUNITY: '社群', SMS: '短信' },
    ...{ ONLINE_MEETING: '线上会议', QUESTIONNAIRE: '问卷', OFFLINE_EVENT: '线下活动' },
    ...{
      SALES_HANDOVER: '销售对接',
      SOCIAL_MEDIA: '社交媒体',
      TICKET_SYSTEM: '工单',
      INFORMAL: '非正式沟通',
    },
  } satisfies Labels<Channel>,
  verdict: { YES: '可', NO: '否', PARTIAL: '部分' } satisfies Labels<RationalityVerdict>,
  suggestion: {
    ...{ IMMEDIATELY_SATISFIABLE: '可立即满足', NEEDS_COORDINATION: '需资源协调' },
    NOT_NOW_ALTERNATIVE: '暂无法满足需替代方案',
  } satisfies Labels<HandlingSuggestion>,
  department: {
    ...{
      CUSTOMER_SERVICE: '客服部',
      PRODUCT: '产品部',
      RND: '研发部',
      TECHNICAL: '技术部',
      DESIGN: '设计部',
    },
    ...{ SALES: '销售部', AFTER_SALES: '售后部', OPERATIONS: '运营部', LOGISTICS: '物流部', LEGAL: '法务部' },
    ...{ FINANCE: '财务部', MANAGEMENT: '管理层' },
  } satisfies Labels<Department>,
  goal: {
    ...{ CONFIRM_DETAILS: '确认细节', TELL_DEVELOPMENT_CYCLE: '告知开发周期', SYNC_PROGRESS: '同步进度' },
    ...{ EXPLAIN_SERVICE_FLOW: '说明服务流程', ESTIMATE_TIME: '预估时间', GIVE_GUIDE: '提供指引' },
    ...{ SOOTHE: '安抚情绪', APOLOGISE_AND_EXPLAIN: '致歉并说明', PROMISE_FOLLOW_UP: '承诺跟进' },
    ...{ DEEPEN_NEED: '深挖需求', MATCH_RESOURCES: '匹配资源', AGREE_NEXT_STEP: '约定下一步' },
  } satisfies Labels<CommunicationGoal>,
  mode: {
    ...{ PHONE: '电话', EMAIL: '邮件', ONLINE_MEETING: '线上会议', ONLINE_CHAT: '在线客服' },
    ...{ WECOM: '企业微信', OFFLINE_VISIT: '线下拜访' },
  } satisfies Labels<CommunicationMode>,
  script: {
    OPENING: '开场',
    CORE: '核心',
    OBJECTION: '异议处理',
    CLOSING: '结束',
  } satisfies Labels<ScriptPart>,
  stage: { INTAKE: '需求受理', TECHNICAL_EVALUATION: '技术评估', TEMPLATE_DELIVERY: '模板交付' },
  flag: { YES: '是', NO: '否' },
  word: {
    ...{ VERBATIM: '客户原话', DISTILLED: '提炼', UNVERIFIED: '未核实', ALTERNATIVE: '替代方案' },
    ...{ NO_ALTERNATIVE: '无替代方案', TECHNOLOGY: '技术', BUDGET: '预算', AGREED: '已与客户约定' },
    ...{ NEXT: '下一步', TRIGGER: '触发条件', ACTION: '应对措施', ENCRYPTED: '已加密' },
  },
} as const satisfies Readonly<Record<string, Labels<string>>>;
export type LabelGroup = keyof typeof LABELS;

/** Words that stand in English cells; codes are written as they are. */
const ENGLISH: Readonly<Record<string, string>> = {
  ...{ VERBATIM: 'Verbatim', DISTILLED: 'Distilled', UNVERIFIED: 'unverified', ALTERNATIVE: 'Alternative' },
  ...{ NO_ALTERNATIVE: 'no alternative', TECHNOLOGY: 'technology', BUDGET: 'budget', AGREED: 'agreed' },
  ...{ NEXT: 'Next', TRIGGER: 'If', ACTION: 'then', ENCRYPTED: 'encrypted' },
};

/** A code as people read it; one that nobody has a word for, such as a stage of somebody's own, stays as it is. */
export const labelOf = (language: TemplateLanguage, group: LabelGroup, code: string | undefined): string => {
  if (code === undefined) return '';
  if (language === 'en') return (group === 'word' ? ENGLISH[code] : undefined) ?? code;
  const labels: Readonly<Record<string, string>> = LABELS[group];
  return Object.hasOwn(labels, code) ? (labels[code] ?? code) : code;
};
