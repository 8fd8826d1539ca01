import { SyncProgress } from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { KeyNode } from '@rapport/domain/values';
import { hydrate, type NewEvent } from '@rapport/kernel';
import { reactionsOf } from '@rapport/kernel/spec';
import { slaWatch } from './sla-watch.policy';
import { hour, of, registered, look } from './sla-watch.story';
import { whenNotificationCountsThenSync } from './when-notification-counts-then-sync.policy';

const synced = e.ProgressSynced.of(
  {
    ...{ ...of, text: 'x', withoutNews: true, nextAt: hour(30), channel: 'PHONE', syncedById: 'ann' },
    ...{ syncedAt: hour(5), evidenceId: 'mail-1', notedAt: hour(6) },
  },
  hour(5),
);
const strategy = (keyNodes: readonly KeyNode[]) =>
  e.CommunicationStrategySet.of(
    {
      ...{ ...of, version: 1, goals: ['SYNC_PROGRESS'], modes: ['PHONE'], keyNodes, ownerId: 'ann' },
      ...{ ownerCapacity: 'OTHER', adHoc: false, nextAction: 'call', nextActionAt: hour(9) },
    },
    hour(2),
  );
const node = (nodeId: string, dueAt: string, agreedWithCustomer: boolean) =>
  hydrate(KeyNode, { nodeId, dueAt, content: 'x', agreedWithCustomer });
const scores = { impact: 50, returnOnCost: 50, customerValue: 30, feasibility: 50 };
const ranking = {
  ...{
    ...of,
    priority: 1,
    quadrant: 'Q1' as const,
    level: 1,
    urgent: true,
    important: true,
    scores,
    score: 1,
  },
  handling: 'START_AT_ONCE',
} as const;

describe('the clocks of a ticket are looked at (SYS-23, SYS-24)', () => {
  const { given } = reactionsOf(slaWatch);
  const does = (event: NewEvent, more: object) => given(registered, event).then(look(2, more));

  it('when the customer was told how it stands', () => {
    const reached = {
      moment: 'PROGRESS_SYNC',
      at: hour(5),
      notedAt: hour(6),
      evidenceId: 'mail-1',
      heard: 2,
    };
    does(synced, { reached: [reached] });
  });

  it('when times are agreed with the customer; those that only we want replace nothing (C-07)', () => {
    const nodes = [node('n1', hour(20), false), node('n2', hour(50), true)];
    does(strategy(nodes), { nodes: { agreedAt: hour(2), agreed: [{ nodeId: 'n2', dueAt: hour(50) }] } });
  });

  it('when it gets its quadrant, and when its green channel opens; the first time counts (R-12)', () => {
    const prioritised = e.TicketPrioritised.of(
      { ...ranking, emergency: true, prioritisedAt: hour(1) },
      hour(1),
    );
    const first = { priority: 1, classedAt: hour(1), greenChannelAt: hour(1) };
    does(prioritised, first);
    const opened = e.GreenChannelOpened.of({ ...of, cause: 'BY_HAND', openedAt: hour(3), planBy: hour(5) });
    does(opened, { greenChannelAt: hour(3) });
    given(registered, prioritised, opened).then(look(3, first));
    const by = { from: 'Q2', to: 'Q1', reason: 'x', approverId: 'uma', overriddenAt: hour(1) } as const;
    does(e.TicketPriorityOverridden.of({ ...ranking, ...by }, hour(1)), first);
  });
  it('when another channel opens in a later round: its plan is due two hours after that (R-12)', () => {
    const open = (n: number) =>
      e.GreenChannelOpened.of({ ...of, cause: 'BY_HAND', openedAt: hour(n), planBy: hour(n + 2) }, hour(n));
    const second = e.SecondCommunicationStarted.of({ ...of, startedAt: hour(50), round: 2 }, hour(50));
    const opening = { start: 'DISSATISFIED', at: hour(50), heard: 3 };
    given(registered, open(1), second, open(51)).then(look(4, { opening, greenChannelAt: hour(51) }));
  });
});

describe('what is sent automatically', () => {
  const { given } = reactionsOf(whenNotificationCountsThenSync);
  const sent = (more: Partial<e.ProgressNotificationSent>) =>
    e.ProgressNotificationSent.of({
      ...{ notificationId: 'n-1', ticketId: 't-1', customerId: 'c-1', status: 'EVALUATED', channel: 'EMAIL' },
      ...{ template: 'TICKET_EVALUATED', attempt: 1, sentAt: hour(4), countsAsSync: true },
      ...{ nextStep: 'template delivery', nextAt: hour(50), ...more },
    });
  it('is a progress sync, if it names the next step and its time (SYS-23.4)', () => {
    given(sent({})).then(
      SyncProgress.of({
        ...{ ticketId: 't-1', text: 'sent automatically: evaluated; next: template delivery' },
        ...{ nextStep: 'template delivery', nextAt: hour(50), channel: 'EMAIL', interactionId: 'n-1' },
        syncedAt: hour(4),
      }),
    );
  });
  it('is none otherwise, none a second time, and none when all is done', () => {
    given(sent({ countsAsSync: false })).then();
    given(sent({ attempt: 2 })).then();
    given(sent({ status: 'DELIVERED' })).then();
  });
});
