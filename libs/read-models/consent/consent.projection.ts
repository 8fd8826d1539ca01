import * as events from '@rapport/domain/events';
import type { Channel, ConsentAct, ConsentPurpose, ConsentSubject } from '@rapport/domain/values';
import { flag, howMany, instant, maybe, projection, text } from '@rapport/kernel';

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
  // prettier-ignore
  columns: {
    customerId: text().says('Whose data it is (SYS-55.1)'),
    purpose: text<ConsentPurpose>('SERVICE').says('SERVICE, MARKETING, ANALYTICS, PROFILE_ENRICHMENT, THIRD_PARTY_SHARING or TESTIMONIAL (SYS-55.1)'),
    allowed: flag().says('The data may be used for this purpose (SYS-55.1)'),
    since: instant().says('Since when it may, or may not any more (SYS-55.1, SYS-55.2)'),
    textVersion: text().says('The text that was agreed to last (SYS-55.1)'),
    channel: text<Channel>('TICKET_SYSTEM').says('How the last word came to us, such as EMAIL (SYS-55.1)'),
    act: text<ConsentAct>('TICKED').says('What the person did to agree: TICKED, SIGNED, WROTE or SAID (SYS-55.1)'),
    subject: text<ConsentSubject>('UNKNOWN').says('ADULT, MINOR or UNKNOWN: only an adult allows more than SERVICE (SYS-55.4)'),
    grantedAt: instant().says('When it was last allowed (SYS-55.1)'),
    withdrawnAt: maybe(instant()).says('When it was taken back; null: it was not, or was allowed again (SYS-55.2)'),
    grants: howMany().says('How often it was allowed, new texts included (SYS-55.1)'),
    withdrawals: howMany().says('How often it was taken back (SYS-55.2)'),
  },
  indexes: [['customerId'], ['purpose', 'allowed']],
  history: true,
  key: 'customerId',
  per: 'customer and purpose',
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
