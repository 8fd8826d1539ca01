import type { DataOf } from '@rapport/kernel';
import type * as events from './ticket.greenchannel.events';

type Opened = DataOf<typeof events.GreenChannelOpened>;
type Formed = DataOf<typeof events.TaskForceFormed>;
/** A task force as it stands. */
export type Force = Pick<Formed, 'purpose' | 'leaderId' | 'leaderRole' | 'members' | 'departments'>;
/** Whether the ticket passes before all others, since when and why, and who works on it together. */
export interface Green {
  readonly open: boolean;
  readonly channel?: Pick<Opened, 'cause' | 'openedAt' | 'planBy'>;
  readonly force?: Force;
}
type Was = Green | undefined;

/** How events move it. */
export const greenMoves = {
  GreenChannelOpened: (was: Was, { cause, openedAt, planBy }: Opened): Green => ({
    ...{ ...was, open: true, channel: { cause, openedAt, planBy } },
  }),
  TaskForceFormed: (was: Was, formed: Formed): Green => ({ open: false, ...was, force: forceIn(formed) }),
  TaskForceChanged: (was: Was, changed: DataOf<typeof events.TaskForceChanged>): Green => ({
    ...{ open: false, ...was, force: forceIn(changed) },
  }),
  GreenChannelClosed: (_: Was, __: DataOf<typeof events.GreenChannelClosed>): Green => ({ open: false }),
};

const forceIn = ({ purpose, leaderId, leaderRole, members, departments }: Force): Force => ({
  ...{ purpose, leaderId, leaderRole, members, departments },
});
