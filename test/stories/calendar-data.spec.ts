import * as c from '@rapport/domain/commands';
import * as e from '@rapport/domain/events';
import { BUILT_IN_CALENDAR } from '@rapport/domain/values';
import { Stage } from '../support/stage';
import { customerId, on, S, ticketId } from './we-01.story';

const april = (day: string, time: string) => new Date(`2024-04-${day}T${time}+08:00`).toISOString();
const { version: _, ...standard } = BUILT_IN_CALENDAR;
/** 4 and 5 April are free, Sunday the 7th is worked for it. */
const withHolidays = c.PublishWorkingCalendar.of({
  ...standard,
  holidays: ['2024-04-04', '2024-04-05'].map((day) => ({ day, name: '清明节' })),
  makeUpDays: [{ day: '2024-04-07', name: 'for 5 April' }],
});

/** A customer is known, a calendar perhaps published, and a need is raised; what its clocks say. */
const raised = async (
  raisedAt: string,
  more: Partial<c.RegisterTicket>,
  { grade = 'REGULAR', calendar }: { grade?: 'REGULAR' | 'VIP'; calendar?: c.PublishWorkingCalendar } = {},
): Promise<Stage> => {
  const stage = await new Stage().at(on('01', '08:00'));
  const customer = { customerId, name: 'C', industry: 'Retail', source: 'REFERRAL', grade } as const;
  await stage.wants(S, c.RegisterCustomer.of({ ...customer, zone: 'Asia/Shanghai' }));
  if (calendar) await stage.wants({ id: 'mia', role: 'CRM_MANAGER' }, calendar);
  await stage.at(raisedAt);
  const need = { ticketId, customerId, type: 'SERVICE', urgency: 'ROUTINE', channel: 'PHONE' } as const;
  const said = { verbatim: 'when does it open?', collectorId: 's', raisedAt };
  await stage.wants(S, c.RegisterTicket.of({ ...need, ...said, ...more }));
  return stage;
};
const dueOf = (stage: Stage) =>
  stage.all(e.SlaClockStarted).map(({ moment, dueAt, winner }) => [moment, dueAt, winner.rule] as const);

/** The test data for the calendar (2.4), as deadlines that anybody can ask for. */
describe('a deadline', () => {
  const important = { urgency: 'IMPORTANT' } as const;
  const enquiry = { isEnquiry: true };

  it.each([
    [
      'Fri 17:00, 24 h, then Sat 17:00',
      on('01', '17:00'),
      important,
      'FIRST_RESPONSE',
      on('02', '17:00'),
      'SLA-IMP',
    ],
    [
      'Fri 17:00, 3 working days, then Wed 18:00',
      on('01', '17:00'),
      important,
      'PLAN',
      on('06', '18:00'),
      'SLA-IMP',
    ],
    [
      'Fri 17:00, 5 working days, then Fri 18:00',
      on('01', '17:00'),
      {},
      'PLAN',
      on('08', '18:00'),
      'SLA-ROU',
    ],
    [
      'Sat 10:00, 3 working days, then Wed 18:00',
      on('02', '10:00'),
      important,
      'PLAN',
      on('06', '18:00'),
      'SLA-IMP',
    ],
    [
      'Fri 16:30, enquiry, then Sat 16:30',
      on('01', '16:30'),
      enquiry,
      'FIRST_RESPONSE',
      on('02', '16:30'),
      'SLA-ANY',
    ],
    [
      'Fri 10:00, enquiry, then Fri 14:00',
      on('01', '10:00'),
      enquiry,
      'FIRST_RESPONSE',
      on('01', '14:00'),
      'SLA-ENQ',
    ],
  ] as const)('raised %s', async (_case, raisedAt, more, moment, dueAt, rule) => {
    expect(dueOf(await raised(raisedAt, more))).toContainEqual([moment, dueAt, rule]);
  });

  it('of an enquiry Fri 16:30: SLA-ENQ alone, 1.5 h on Friday and 2.5 h on Monday, gives Mon 11:30 and loses to the published 24 h', async () => {
    const stage = await raised(on('01', '16:30'), enquiry);
    const [first] = stage.all(e.SlaClockStarted).filter(({ moment }) => moment === 'FIRST_RESPONSE');
    expect(first).toMatchObject({
      winner: { rule: 'SLA-ANY' },
      losers: [{ rule: 'SLA-ENQ', due: on('04', '11:30') }],
    });
  });

  it('of an enquiry of a priority customer, Fri 16:30: 3.5 h on Friday and 0.5 h on Saturday, then Sat 08:30 (SLA-ENQ)', async () => {
    const stage = await raised(on('01', '16:30'), enquiry, { grade: 'VIP' });
    expect(dueOf(stage)).toContainEqual(['FIRST_RESPONSE', on('02', '08:30'), 'SLA-ENQ']);
  });

  it('Wed 3 April 12:00, 3 working days over a holiday: Sun 7, Mon 8, Tue 9, then Tue 18:00, and it names the holidays', async () => {
    const stage = await raised(april('03', '12:00'), important, { calendar: withHolidays });
    expect(dueOf(stage)).toContainEqual(['PLAN', april('09', '18:00'), 'SLA-IMP']);
    const { body } = await stage.get(`/tickets/${ticketId}/deadlines?moment=PLAN`);
    const [clock] = body.data['clocks'] as unknown as readonly { readonly explanation: readonly string[] }[];
    expect(clock?.explanation.slice(-6)).toEqual([
      '  Wed 2024-04-03 12:00 to Thu 2024-04-04 00:00: skipped, start date',
      '  Thu 2024-04-04 00:00 to Sat 2024-04-06 00:00: skipped, holiday 清明节',
      '  Sat 2024-04-06 00:00 to Sun 2024-04-07 00:00: skipped, weekend',
      '  Sun 2024-04-07 00:00 to Mon 2024-04-08 00:00: counted 1, make up day for 5 April',
      '  Mon 2024-04-08 00:00 to Tue 2024-04-09 00:00: counted 1, working day',
      '  Tue 2024-04-09 00:00 to Tue 2024-04-09 18:00: counted 1, working day',
    ]);
  });
});
