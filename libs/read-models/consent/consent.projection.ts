import * as events from '@rapport/domain/events';
import type { Channel, ConsentAct, ConsentPurpose, ConsentSubject } from '@rapport/domain/values';
import { flag, integer, maybe, projection, text } from '@rapport/kernel';

interface Word {
  readonly customerId: string;
  readonly purpose: ConsentPurpose;
}
/** `c-1|ANALYTICS` */
const ofPurpose = ({ customerId, purpose }: Word): readonly string[] => [`${customerId}|${purpose}`];

/** One row for each customer and purpose that anything was ever said of; asked "as of" it says what was allowed then. */
export const consent = projection(events, {
  name: 'consent',
  version: 1,
  about: 'What may the data of each customer be used for, by which text, and what was allowed at a moment?',
  columns: {
    customerId: text(),
    purpose: text<ConsentPurpose>('SERVICE'),
    allowed: flag(),
    /** Since when it is so. */
    since: text(),
    textVersion: text(),
    /** How the last word came to us. */
    channel: text<Channel>('TICKET_SYSTEM'),
    act: text<ConsentAct>('TICKED'),
    subject: text<ConsentSubject>('UNKNOWN'),
    grantedAt: text(),
    withdrawnAt: maybe(text()),
    grants: integer(),
    withdrawals: integer(),
  },
  indexes: [['customerId'], ['purpose', 'allowed']],
  history: true,
  key: 'customerId',
  keys: { ConsentGranted: ofPurpose, ConsentWithdrawn: ofPurpose },
}).on({
  ConsentGranted: ({ grants }, { customerId, purpose, textVersion, channel, act, subject, grantedAt }) => ({
    ...{ customerId, purpose, allowed: true, since: grantedAt, textVersion, channel, act, subject },
    ...{ grantedAt, withdrawnAt: null, grants: grants + 1 },
  }),
  ConsentWithdrawn: ({ withdrawals }, { customerId, purpose, channel, withdrawnAt }) => ({
    ...{ customerId, purpose, allowed: false, since: withdrawnAt, channel },
    ...{ withdrawnAt, withdrawals: withdrawals + 1 },
  }),
});
