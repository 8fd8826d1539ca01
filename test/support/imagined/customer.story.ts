import { GrantConsent, RegisterCustomer } from '@rapport/domain/commands';
import { ticketStory } from './ticket.story';
import { DAY, HOUR, instant, nextMoment } from './calendar';
import { companyName, CRM_MANAGERS, INDUSTRIES, SPECIALISTS } from './cast';
import { bought, promised, watched } from './customer.deeds';
import { consented, contacts, described, flagged, stageOverridden } from './customer.file';
import { silenceStory } from './silence.story';
import { begin, send, wait, type Stage, type Story } from './story';

/** A customer as the stories know it. */
export interface Client {
  readonly stage: Stage;
  readonly customerId: string;
  readonly n: number;
  readonly registeredAt: number;
  /** Milliseconds between two things that this customer does, on average. */
  readonly meanGapMs: number;
  /** People to talk to, in the order in which they became known. */
  readonly contactIds: string[];
  /** What was bought lately and may still be given back. */
  readonly purchases: { readonly id: string; readonly minor: number }[];
  readonly currency: string;
  /** How much is usually spent at a time, in minor units. */
  readonly usualMinor: number;
  /** Allows to be watched when it comes, and works with what we offer or only looks around. */
  readonly allows: boolean;
  readonly isUser: boolean;
}

const CURRENCIES = [
  [0.55, 'CNY'],
  [0.3, 'EUR'],
  [0.12, 'USD'],
  [0.03, 'JPY'],
] as const;

export const clientOf = (stage: Stage, n: number, registeredAt: number, meanGapMs: number): Client => ({
  ...{ stage, n, registeredAt, meanGapMs, customerId: `C-${String(n).padStart(6, '0')}` },
  ...{ contactIds: [], purchases: [], currency: stage.dice.weighed(CURRENCIES) },
  usualMinor: Math.round(stage.dice.lognormal(60_000, 1.4)),
  ...{ allows: stage.dice.chance(0.75), isUser: stage.dice.chance(0.5) },
});

/** A customer from the registration on: one thing after the other, until the log is full. */
export function* customerStory(of: Client): Story {
  const { stage, meanGapMs } = of;
  yield* known(of);
  for (;;) {
    const gap = nextMoment(stage.dice, stage.now(), meanGapMs) - stage.now();
    if (gap > 30 * DAY) yield begin(silenceStory(of, gap));
    yield wait(gap);
    yield* stage.dice.weighed(DEEDS)(of);
  }
}

function* known(of: Client): Story {
  const { stage, customerId, n } = of;
  const { dice } = stage;
  const told = dice.chance(stage.late) ? dice.lognormal(2 * DAY, 1) : 0;
  yield send(
    RegisterCustomer.of({
      ...{ customerId, name: companyName(dice, n), industry: dice.skewed(INDUSTRIES) },
      source: dice.of(['SALES_HANDOVER', 'ONLINE_QUESTIONNAIRE', 'OFFLINE_EVENT', 'REFERRAL'] as const),
      grade: dice.weighed(GRADES),
      ...{ keyAccount: dice.chance(0.04), strategicPartner: dice.chance(0.01) },
      zone: dice.of(['Asia/Shanghai', 'Europe/Berlin', 'Europe/London', 'America/New_York']),
      registeredAt: instant(stage.now() - told),
      ...(dice.chance(0.7) && { taxId: `TAX-${dice.int(100, 999)}-${n}` }),
      ...(dice.chance(0.6) && { size: dice.of(['MICRO', 'SMALL', 'MEDIUM', 'LARGE'] as const) }),
    }),
    dice.of(CRM_MANAGERS),
    'SALES',
  );
  yield wait(dice.lognormal(HOUR, 0.5));
  yield* contacts(of);
  if (of.allows) yield* allowed(of);
}
const GRADES = [
  [0.06, 'VIP'],
  [0.64, 'REGULAR'],
  [0.3, 'PROSPECT'],
] as const;

function* allowed({ stage, customerId }: Client): Story {
  const purposes = [
    'SERVICE',
    'ANALYTICS',
    ...(stage.dice.chance(0.5) ? ['MARKETING' as const] : []),
  ] as const;
  for (const purpose of purposes)
    yield send(
      GrantConsent.of({
        ...{ customerId, purpose, channel: 'QUESTIONNAIRE', textVersion: '2021-01' },
        ...{ act: 'TICKED', subject: 'ADULT' },
      }),
      stage.dice.of(SPECIALISTS),
    );
}

function* raised({ stage, customerId, contactIds }: Client): Story {
  const { dice } = stage;
  const contactId = contactIds.length > 0 && dice.chance(0.6) ? dice.of(contactIds) : undefined;
  yield begin(ticketStory(stage, customerId, contactId));
}

/** What customers do, and what is done about them. A ticket draws a dozen events after it, a page view none. */
const DEEDS: readonly (readonly [share: number, deed: (of: Client) => Story])[] = [
  [0.52, watched],
  [0.3, bought],
  [0.15, raised],
  [0.05, described],
  [0.02, contacts],
  [0.03, promised],
  [0.006, consented],
  [0.003, flagged],
  [0.002, stageOverridden],
];
