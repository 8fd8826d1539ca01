import { AcceptEscalation, EscalateTicket, ResolveEscalation } from '@rapport/domain/commands';
import { HOUR, MINUTE } from './calendar';
import { HEADS, SENIORS, SUPERVISORS } from './cast';
import { send, wait, type Story } from './story';
import type { Case } from './ticket.story';

const ROLES = { SUPERVISOR: SUPERVISORS, DEPARTMENT_HEAD: HEADS, SENIOR_MANAGEMENT: SENIORS };
interface Called {
  readonly running?: readonly { readonly of: { readonly level: keyof typeof ROLES } }[];
}

/** Management is called; who does not come within half an hour is passed over by the product itself. */
export function* escalationStory({ stage, ticketId, by }: Case): Story {
  const { dice, world } = stage;
  const askedBy = dice.of(['CUSTOMER', 'OWNER'] as const);
  if (!(yield send(EscalateTicket.of({ ticketId, askedBy, reason: 'it takes too long' }), by))) return;
  yield wait(dice.lognormal(18 * MINUTE, 0.8));
  const called = world.look(`escalation-${ticketId}`) as Called | undefined;
  const who = dice.of(ROLES[called?.running?.at(-1)?.of.level ?? 'SENIOR_MANAGEMENT']);
  if (!(yield send(AcceptEscalation.of({ ticketId }), who))) return;
  yield wait(dice.lognormal(5 * HOUR, 0.8));
  if (dice.chance(0.8)) yield send(ResolveEscalation.of({ ticketId, note: 'a colleague was sent' }), who);
}
