import {
  AddContact,
  AssignContactRole,
  ChangeLifecycleStage,
  ClearChurnFlag,
  DeactivateContact,
  FlagChurnRisk,
  GrantConsent,
  UpdateContact,
  UpdateCustomerProfile,
  WithdrawConsent,
} from '@rapport/domain/commands';
import { DAY } from './calendar';
import { CRM_MANAGERS, INDUSTRIES, personName, SPECIALISTS, SUPERVISORS } from './cast';
import type { Client } from './customer.story';
import { begin, send, wait, type Story } from './story';

const ROLES = ['DECISION_MAKER', 'TECHNICAL_EVALUATOR', 'DAILY_CONTACT', 'FINANCIAL_REVIEWER'] as const;
const CONTACTS_MAX = 8;

/** People of the customer come, change and go. */
export function* contacts({ stage, customerId, contactIds }: Client): Story {
  const { dice } = stage;
  const by = dice.of(SPECIALISTS);
  const contactId = contactIds.length > 0 ? dice.of(contactIds) : undefined;
  const isNew = contactId === undefined || (contactIds.length < CONTACTS_MAX && dice.chance(0.5));
  if (isNew) {
    const added = `${customerId}.${contactIds.length + 1}.${dice.int(100, 999)}`;
    const reach = dice.chance(0.7)
      ? { email: `${added}@example.org` }
      : { phone: `+86 ${dice.int(1e9, 9e9)}` };
    const person = {
      customerId,
      contactId: added,
      name: personName(dice),
      roles: [dice.of(ROLES)],
      ...reach,
    };
    if (yield send(AddContact.of(person), by)) contactIds.push(added);
  } else if (dice.chance(0.45)) {
    yield send(UpdateContact.of({ customerId, contactId, phone: `+86 ${dice.int(1e9, 9e9)}` }), by);
  } else if (dice.chance(0.5)) {
    yield send(AssignContactRole.of({ customerId, contactId, roles: [dice.of(ROLES)] }), by);
  } else {
    yield send(DeactivateContact.of({ customerId, contactId, reason: 'has left' }), by);
    contactIds.splice(contactIds.indexOf(contactId), 1);
  }
}

/** A field of the profile is found out, or turns out to be otherwise. */
export function* described({ stage, customerId }: Client): Story {
  const { dice } = stage;
  const field = dice.weighed([
    [0.25, 'CONSUMPTION_PREFERENCE'],
    [0.25, 'BUSINESS_MODEL'],
    [0.25, 'COOPERATION_HISTORY'],
    [0.1, 'SIZE'],
    [0.05, 'INDUSTRY'],
    [0.06, 'GRADE'],
    [0.04, 'KEY_ACCOUNT'],
  ] as const);
  const values = {
    ...{ SIZE: ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'], GRADE: ['VIP', 'REGULAR', 'PROSPECT'] },
    ...{ KEY_ACCOUNT: ['YES', 'NO'], INDUSTRY: INDUSTRIES },
  } as Readonly<Record<string, readonly string[]>>;
  const value = dice.of(values[field] ?? WORDS);
  yield send(
    UpdateCustomerProfile.of({
      customerId,
      field,
      value,
      source: dice.of(['INTERVIEW', 'CONTRACT', 'FORM']),
    }),
    dice.of(SPECIALISTS),
  );
}
const WORDS = Array.from({ length: 60 }, (_, n) => `as said in talk ${n + 1}`);

/** A consent is given, renewed by a newer text, or taken back. */
export function* consented({ stage, customerId }: Client): Story {
  const { dice } = stage;
  const purpose = dice.of(['ANALYTICS', 'MARKETING', 'PROFILE_ENRICHMENT', 'TESTIMONIAL'] as const);
  const by = dice.of(SPECIALISTS);
  if (dice.chance(0.3)) {
    yield send(WithdrawConsent.of({ customerId, purpose, channel: 'EMAIL' }), by);
  } else {
    const text = { textVersion: dice.of(['2021-01', '2022-01', '2023-01']), act: 'SIGNED' as const };
    yield send(GrantConsent.of({ customerId, purpose, channel: 'EMAIL', subject: 'ADULT', ...text }), by);
  }
}

/** Somebody has heard that the customer looks around, and later that it is settled. */
export function* flagged({ stage, customerId }: Client): Story {
  yield send(FlagChurnRisk.of({ customerId, reason: 'talks to others' }), stage.dice.of(SPECIALISTS));
  yield begin(clearedLater(stage, customerId));
}
function* clearedLater(stage: Client['stage'], customerId: string): Story {
  yield wait(stage.dice.lognormal(20 * DAY, 0.8));
  yield send(ClearChurnFlag.of({ customerId, reason: 'stays' }), stage.dice.of(SUPERVISORS));
}

/** A manager puts a customer into another stage by hand. */
export function* stageOverridden({ stage, customerId }: Client): Story {
  const to = stage.dice.of(['GROWTH', 'MATURITY', 'DECLINE'] as const);
  const reason = 'after the yearly talk';
  yield send(ChangeLifecycleStage.of({ customerId, to, reason }), stage.dice.of(CRM_MANAGERS));
}
