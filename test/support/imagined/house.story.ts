import {
  DeclarePublishedPromise,
  PublishSlaPolicy,
  PublishWorkingCalendar,
  SetCapacity,
} from '@rapport/domain/commands';
import { BUILT_IN_CALENDAR, BUILT_IN_POLICY, Holiday, MakeUpDay, SlaDuration } from '@rapport/domain/values';
import { hydrate } from '@rapport/kernel';
import { DAY } from './calendar';
import { CRM_MANAGERS, SPECIALISTS, SUPERVISORS } from './cast';
import { send, wait, type Stage, type Story } from './story';

/** Specialists of whom it is known how much they can do at a time. */
const STAFF_KNOWN = 40;

/** What the house settles for all of its customers: when it works, what it promises to everybody, who can do how much. */
export function* houseStory({ dice }: Stage): Story {
  const manager = dice.of(CRM_MANAGERS);
  yield send(workingYears(), manager);
  yield send(policy(), manager);
  const within = hydrate(SlaDuration, { kind: 'CONTINUOUS', minutes: 24 * 60 });
  const promise = { policyId: 'default', promiseId: 'everybody', text: '24-hour response' };
  yield send(DeclarePublishedPromise.of({ ...promise, moment: 'FIRST_RESPONSE', within }), manager);
  for (const { id: staffId } of SPECIALISTS.slice(0, STAFF_KNOWN)) {
    yield wait(dice.exponential(DAY));
    yield send(SetCapacity.of({ staffId, openTickets: dice.int(4, 20) }), dice.of(SUPERVISORS));
  }
}

/** As it is built in, with the free days of three years. */
const workingYears = (): PublishWorkingCalendar =>
  PublishWorkingCalendar.of({
    ...withoutVersion(BUILT_IN_CALENDAR),
    holidays: ['2021-10-01', '2022-10-03', '2023-10-02'].map((day) =>
      hydrate(Holiday, { day, name: 'a free day' }),
    ),
    makeUpDays: [hydrate(MakeUpDay, { day: '2021-10-09', name: 'for the first' })],
  });
/** The second version says what the first one, built in, says. */
const policy = () => PublishSlaPolicy.of({ ...withoutVersion(BUILT_IN_POLICY), basis: 'yearly review' });
const withoutVersion = <T extends { readonly version: number }>({
  version: _,
  ...of
}: T): Omit<T, 'version'> => of;
