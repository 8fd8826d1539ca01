import { createHmac } from 'node:crypto';
import { refuse, type Claim } from './aggregate';
import { WrongExpectedRevision } from './event-log';
import { NO_TIP, type EventStore, type Origin, type ProposedEvent, type Tip } from './event-store';
import { Id, Text } from './fields';
import { idFrom } from './ids';
import { Event } from './messages';

/** A value belongs to `owner`, the stream that may be born with it. */
export class ClaimTaken extends Event {
  @Text(200) owner!: string;
  @Id() scope!: string;
}
/** First and only event of a stream whose birth was given up: whoever comes late finds the door closed. */
export class StreamClosed extends Event {
  @Text(200) because!: string;
}
/** The two events that the kernel itself writes. */
export const kernelEvents = { ClaimTaken, StreamClosed };

const ATTEMPTS_MAX = 5;
/** The key of the digests: a registration key must not be guessed from the name of its stream. */
const CLAIMS_KEY = 'rapport:claims';

/**
 * Makes `owner` the only holder of a value, with nothing but single-stream appends at exact revisions. A holder that
 * never came to exist (it crashed between claim and birth) does not block: its door is closed first, so that it can no
 * longer be born, and only then is its claim taken over.
 */
export async function takeClaim(store: EventStore, claim: Claim, owner: string, origin: Origin, now: string) {
  const stream = `claim-${claim.scope}-${await digest(store, claim)}`;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const history = await store.read(stream);
    const last = history.at(-1);
    const holder = last && (last.data as ClaimTaken).owner;
    if (holder === owner) return;
    if (holder !== undefined && !(await closed(store, holder, origin, now)))
      refuse(claim.refusal, `another ${claim.scope} holds this already`, { existingId: idIn(holder) });
    const event = { messageClass: ClaimTaken, data: { owner, scope: claim.scope } };
    if (await appended(store, stream, last ?? NO_TIP, eventOf(event, stream, origin, now))) return;
  }
  refuse('CLAIM_CONTENDED', `too many wanted the same ${claim.scope} at once: try again`);
}

/** True when the stream can never be born: it was closed before, or is closed now. */
const closed = async (store: EventStore, stream: string, origin: Origin, now: string): Promise<boolean> => {
  const [first] = await store.read(stream, { limit: 1 });
  if (first) return first.type === StreamClosed.name;
  const event = { messageClass: StreamClosed, data: { because: 'claimed by another before its birth' } };
  return appended(store, stream, NO_TIP, eventOf(event, stream, origin, now));
};

const appended = async (
  store: EventStore,
  stream: string,
  tip: Tip,
  event: ProposedEvent,
): Promise<boolean> => {
  try {
    await store.append(stream, tip, [event]);
    return true;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return false;
    throw error;
  }
};

const eventOf = (
  { messageClass, data }: Pick<ProposedEvent, 'messageClass' | 'data'>,
  stream: string,
  origin: Origin,
  occurredAt: string,
): ProposedEvent => ({
  id: idFrom(`${origin.commandId}/${messageClass.name}/${stream}`),
  ...{ messageClass, data, occurredAt, origin },
});

const digest = async (store: EventStore, { scope, value }: Claim): Promise<string> =>
  createHmac('sha256', await store.secret(CLAIMS_KEY))
    .update(`${scope}\n${value}`)
    .digest('hex')
    .slice(0, 32);

const idIn = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
