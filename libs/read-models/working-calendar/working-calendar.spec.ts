import { MemoryRowStore } from '@rapport/adapters/memory';
import * as e from '@rapport/domain/events';
import { BUILT_IN_CALENDAR } from '@rapport/domain/values';
import type { NewEvent } from '@rapport/kernel';
import { modelsOf, rowsOf } from '@rapport/kernel/spec';
import { workingCalendar } from './working-calendar.projection';
import { workingCalendarInForce } from './working-calendar.question';

const MARCH = '2024-03-01T09:00:00.000Z';
const APRIL = '2024-04-01T00:00:00.000Z';
const published = (version: number, effectiveFrom: string) =>
  e.WorkingCalendarPublished.of({
    ...{ ...BUILT_IN_CALENDAR, version, effectiveFrom },
    ...{
      holidays: [{ day: '2024-04-04', name: 'Qingming' }],
      makeUpDays: [{ day: '2024-04-07', name: 'for the 5th' }],
    },
  });

it('a working calendar stands there version by version, with its holidays and make-up days by name (SYS-20.3)', () =>
  rowsOf(workingCalendar)
    .given(published(2, MARCH), published(3, APRIL))
    .row('default|3')
    .is({
      ...{ calendarId: 'default', version: 3, effectiveFrom: APRIL, zone: 'Asia/Shanghai' },
      ...{ standard: BUILT_IN_CALENDAR.standard, priority: BUILT_IN_CALENDAR.priority },
      ...{
        holidays: [{ day: '2024-04-04', name: 'Qingming' }],
        makeUpDays: [{ day: '2024-04-07', name: 'for the 5th' }],
      },
    }));

describe('which working calendar holds', () => {
  const { told } = modelsOf(() => new MemoryRowStore(), [workingCalendar]);
  const asked = async (events: readonly NewEvent[], at?: string) =>
    (await told(...events)).ask(workingCalendarInForce, MARCH, at === undefined ? {} : { at });
  const story = [published(2, MARCH), published(3, APRIL)];

  it('the built-in one, as long as none was published', async () =>
    expect(await asked([])).toMatchObject({ version: 1, zone: 'Asia/Shanghai', holidays: [], later: [] }));
  it('now, and what is to come', async () =>
    expect(await asked(story)).toMatchObject({ version: 2, later: [{ version: 3, effectiveFrom: APRIL }] }));
  it('at any time', async () => expect(await asked(story, APRIL)).toMatchObject({ version: 3, later: [] }));
});
