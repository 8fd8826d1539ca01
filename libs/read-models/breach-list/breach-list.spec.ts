import { MemoryRowStore } from '@rapport/adapters/memory';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { at, clockStory } from '../sla-clock.story';
import { breachList } from './breach-list.projection';
import { unexplainedBreaches } from './breach-list.question';

const clock = clockStory('t-1');
const ID = 't-1|FIRST_RESPONSE|1';

describe('the list of breaches', () => {
  const { given } = rowsOf(breachList);
  it('holds what was missed, whose work it was, and whom it calls', () => {
    const missed = {
      breachedAt: at(2, 17),
      ownerId: 'ann',
      department: 'PRODUCT',
      level: 'SUPERVISOR',
    } as const;
    given(clock.breached)
      .row(ID)
      .is({ ...missed, reason: null, reachedAt: null, reasonDueAt: at(5, 18) });
    given(clock.breached, clock.overdue).row(ID).is({ level: 'DEPARTMENT_HEAD' });
  });

  it('keeps it when it was reached after all, with its reason (SYS-21.7)', () => {
    given(clock.breached, clock.metLate(4), clock.explained('KNOWLEDGE_GAP', true))
      .row(ID)
      .is({
        ...{ reachedAt: at(2, 21), delayMs: 4 * 3_600_000, reason: 'KNOWLEDGE_GAP', reasonLate: true },
        reasonAt: at(4, 9),
      });
  });
});

describe('unexplained breaches', () => {
  interface Listed {
    readonly unexplained: readonly { readonly ticketId: string }[];
  }
  const { told } = modelsOf(() => new MemoryRowStore(), [breachList]);
  const listed = async (now: string, events: readonly NewEvent[], params: object = {}) => {
    const { unexplained } = await (await told(...events)).ask<Listed>(unexplainedBreaches, now, params);
    return unexplained.map(({ ticketId }) => ticketId);
  };
  const other = clockStory('t-2', 'PLAN', { ownerId: 'bob', department: 'RND' });

  it('are listed when two working days have passed without a reason', async () => {
    const story = [clock.breached, other.breached];
    expect(await listed(at(5, 18), story)).toEqual([]);
    expect(await listed(at(5, 18, 1), story)).toEqual(['t-1', 't-2']);
    expect(await listed(at(5, 18, 1), [...story, clock.explained('OTHER')])).toEqual(['t-2']);
    expect(await listed(at(6, 9), story, { ownerId: 'bob' })).toEqual(['t-2']);
    expect(await listed(at(6, 9), story, { department: 'PRODUCT', limit: 5 })).toEqual(['t-1']);
  });
});
