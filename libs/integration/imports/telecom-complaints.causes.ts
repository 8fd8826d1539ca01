import type { ComplaintCause } from '@rapport/domain/values';

/** The first line of which a word stands in the text gives the cause. Small and stated, so that it can be disputed. */
export const CAUSES: readonly (readonly [cause: ComplaintCause, words: RegExp])[] = [
  ['STAFF_NON_BUSINESS', /\b(racis[mt]|rude|harass\w*|lies|lied|lying)\b/i],
  ['DISHONEST_QUOTE', /\b(bait|switch|decepti\w*|false|mislead\w*|fraud\w*|scam\w*)\b/i],
  ['BROKEN_PROMISE', /\b(contract\w*|promis\w*|agreement|guarantee\w*|honou?r\w*)\b/i],
  ['HIDDEN_FEE', /\b(fees?|charg\w*|unauthori[sz]ed|overcharg\w*)\b/i],
  ['PROMOTION_DISPUTE', /\b(promo\w*|discount\w*|rates?|pric\w*)\b/i],
  ['EXECUTION_ERROR', /\b(bill\w*|invoice\w*|payments?|account)\b/i],
  ['RETURN_EXCHANGE', /\b(refund\w*|returns?|credit)\b/i],
  ['PRODUCT_FAULT', /\b(modem|router|equipment|box|remote)\b/i],
  ['SYSTEM_OUTAGE', /\b(outages?|no (internet|service|cable)|disconnect\w*|not working|lost|down)\b/i],
  ['POOR_QUALITY', /\b(slow\w*|speeds?|intermitt\w*|unreliab\w*|throttl\w*|poor|quality|connect\w*)\b/i],
  ['SLOW_RESPONSE', /\b(response|respond\w*|unresolved|weeks?|months?|wait\w*)\b/i],
  ['INSUFFICIENT_COMMUNICATION', /\b(customer (service|care|support)|communicat\w*|miscommunication)\b/i],
];

export const causeOf = (text: string): ComplaintCause =>
  CAUSES.find(([, words]) => words.test(text))?.[0] ?? 'OTHER';
