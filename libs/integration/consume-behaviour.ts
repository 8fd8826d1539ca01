import { hydrate, idFrom, Invalid, Refusal, type Delivery, type Envelope } from '@rapport/kernel';
import { RecordBehaviour } from '@rapport/domain/commands';
import { objectIn, Undecodable } from './command-message';
import type { CommandParts } from './consume';
import { deadLetter, type Reason } from './dead-letter';
import { placeOf, type Dealt, type Handling } from './intake';
import { BEHAVIOUR_DEAD } from './topics';

/** Whoever watches does so for all customers, in the name of no person. */
const WATCHER = { id: 'behaviour', role: 'SYSTEM' };
/** The customer does not allow it: dropped and only counted, for no trace may stay (SYS-10). */
const DROPPED = 'CONSENT_MISSING';

/**
 * Records what a customer did: the value holds the fields of RecordBehaviour. It is stored once for each source event
 * id, in whatever order and however often it is delivered; what cannot be recorded is not lost but a dead letter.
 */
export const behaviourHandling = (parts: Pick<CommandParts, 'execute' | 'now'>): Handling => ({
  laneOf: placeOf,
  deal: (delivery) => deal(parts, delivery),
  onFault: (delivery, id) =>
    dead(delivery, { code: 'FAULT', detail: `something broke here: the log has it under ${id}` }),
});

const deal = async (
  { execute, now }: Pick<CommandParts, 'execute' | 'now'>,
  delivery: Delivery,
): Promise<Dealt> => {
  try {
    const command = hydrate(RecordBehaviour, objectIn(delivery.value));
    const { repeated, events } = await execute(command, envelopeOf(command, now()));
    return { outcome: repeated || events.length === 0 ? 'repeated' : 'done', say: [] };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return reason.code === DROPPED ? { outcome: 'dropped', say: [] } : dead(delivery, reason);
  }
};

const dead = (delivery: Delivery, reason: Reason): Dealt => ({
  ...{ outcome: 'dead-letter', say: [deadLetter(BEHAVIOUR_DEAD.topic, delivery, reason)] },
});

const envelopeOf = ({ sourceEventId }: RecordBehaviour, now: string): Envelope => {
  const commandId = idFrom(`behaviour/${sourceEventId}`);
  return { commandId, correlationId: commandId, actor: WATCHER, source: 'behaviour', now };
};

/** Why it cannot be recorded; null when that is not the message's fault. */
const reasonOf = (error: unknown): Reason | null => {
  if (error instanceof Undecodable) return { code: error.code, detail: error.message };
  if (error instanceof Refusal) return { code: error.code, detail: error.message };
  if (!(error instanceof Invalid)) return null;
  const broken = error.problems.map(({ field, rule }) => `${field} (${rule})`);
  return { code: 'INVALID', detail: `not well-formed: ${broken.join(', ')}` };
};
