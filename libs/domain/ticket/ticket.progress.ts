import { refuse, reject, type Actor } from '@rapport/kernel';
import { ProgressSynced } from './ticket.progress.events';
import { isAutomatic, isImporter } from './ticket.roles';
import { openTicket, timely, type Decide, type Facts } from './ticket.state';

/** Progress: the customer hears how it stands, news or not (SYS-23). */
export const progress = {
  SyncProgress: (
    ticket,
    { ticketId: _, text, nextAt, syncedAt, withoutNews = false, ...how },
    { now, actor },
  ) => {
    const found = openTicket(ticket, now);
    const { of } = found;
    assertSpeaks(of, actor);
    const at = timely(found, 'syncedAt', syncedAt ?? now, now);
    if (text === undefined)
      return reject('SYNC_EMPTY', 'text', 'without news too the customer is told what is being done');
    if (nextAt === undefined)
      return reject('NEXT_TIME_MISSING', 'nextAt', 'say when the customer hears from us again');
    if (nextAt <= at) reject('NEXT_TIME_PAST', 'nextAt', 'the next time lies after this one');
    if (of.progress?.lastSyncAt === at && of.progress.nextAt === nextAt) return [];
    const channel = how.channel ?? of.channel;
    const noted = at < now ? { notedAt: now } : {};
    const said = { ...how, channel, text, withoutNews, nextAt, syncedAt: at, syncedById: actor.id, ...noted };
    return [ProgressSynced.of({ ...of, ...said }, at)];
  },
} satisfies Partial<Decide>;

/** Whom the owner lets speak, as the topic of tasks keeps it (SYS-17.1). */
interface Delegating {
  readonly tasks?: { readonly voices: readonly { readonly to: string; readonly ownerId: string }[] };
}
/** The owner speaks, or whom the owner has let speak; what was sent or imported has been said already. */
const assertSpeaks = ({ ownerId, tasks }: Facts & Delegating, actor: Actor): void => {
  if (isImporter(actor) || isAutomatic(actor) || actor.id === ownerId) return;
  if (ownerId === undefined)
    return refuse('OWNER_MISSING', 'the ticket has no owner who could speak to the customer');
  const delegated = tasks?.voices.some((voice) => voice.to === actor.id && voice.ownerId === ownerId);
  if (!delegated)
    refuse(
      'VOICE_NOT_DELEGATED',
      'the owner tells the customer how it stands, or whom the owner lets speak',
      {
        ownerId,
      },
    );
};
