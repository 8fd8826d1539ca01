import { incidents } from './incidents.import';
import { planOf } from './miniature';

/** One row, laid out like the real ones; what is not named stands as it was when the ticket was new. */
const row = (changed: Readonly<Record<string, string>>): string =>
  incidents.columns.map((column) => changed[column] ?? NEW[column] ?? '?').join(',');
const NEW: Readonly<Record<string, string>> = {
  ...{ number: '0000045', incident_state: 'New', active: 'true', reassignment_count: '0', reopen_count: '0' },
  ...{
    made_sla: 'true',
    caller_id: '2403',
    opened_by: '8',
    opened_at: '29/2/2016 01:16',
    sys_updated_by: '21',
  },
  ...{ sys_updated_at: '29/2/2016 01:23', contact_type: 'Phone', category: '55', subcategory: '170' },
  ...{
    urgency: '2',
    priority: '3',
    closed_code: '5',
    resolved_at: '29/2/2016 11:29',
    closed_at: '5/3/2016 12:00',
  },
};
const at = (sys_updated_at: string, incident_state: string, more: Readonly<Record<string, string>> = {}) =>
  row({ sys_updated_at, incident_state, ...more });
const plan = (...rows: readonly string[]) => planOf(incidents, [incidents.columns.join(','), ...rows]);

describe('an incident', () => {
  it('becomes a ticket of its caller, and nothing is known before its event', async () => {
    const { told } = await plan(
      row({ assignment_group: '56' }),
      at('29/2/2016 08:53', 'Resolved', { assignment_group: '56' }),
      at('29/2/2016 11:29', 'Resolved', { assignment_group: '56' }),
      at('5/3/2016 12:00', 'Closed', { assignment_group: '56', made_sla: 'false' }),
    );
    expect(
      told('customerId', 'raisedAt', 'department', 'respondedAt', 'deliveredAt', 'sourceVerdict'),
    ).toEqual([
      ['2016-02-29T01:16:00.000Z', 'RegisterCustomer', 'incidents-caller-2403'],
      ['2016-02-29T01:16:00.000Z', 'RegisterTicket', 'incidents-caller-2403', '2016-02-29T01:16:00.000Z'],
      ['2016-02-29T01:23:00.000Z', 'AssignLeadDepartment', 'incidents-group-56'],
      ['2016-02-29T08:53:00.000Z', 'RecordFirstResponse', '2016-02-29T08:53:00.000Z'],
      ['2016-02-29T08:53:00.000Z', 'DeliverSolution', '2016-02-29T08:53:00.000Z'],
      ['2016-03-05T12:00:00.000Z', 'CloseUnconfirmed', 'MISSED'],
    ]);
  });

  it('says who it was: the collector at the opening, then whoever changed it', async () => {
    const { wanted } = await plan(row({}), at('29/2/2016 08:53', 'Active'));
    expect(wanted.map(({ actorId }) => actorId)).toEqual([
      undefined,
      'incidents-agent-8',
      'incidents-agent-21',
    ]);
  });

  it('is reassigned and reopened as often as the source has counted, also when a counter jumps', async () => {
    const { all, notes } = await plan(
      row({}),
      at('1/3/2016 10:00', 'Active', { assignment_group: '5', reassignment_count: '2' }),
      at('1/3/2016 11:00', 'Resolved', { assignment_group: '5', reassignment_count: '2' }),
      at('1/3/2016 12:00', 'Active', { assignment_group: '5', reassignment_count: '3', reopen_count: '2' }),
    );
    expect(all('AssignLeadDepartment').map((one) => one['sourceReassignment'])).toEqual([true, true, true]);
    expect(all('ReopenTicket')).toHaveLength(2);
    expect(all('DeliverSolution')).toHaveLength(2);
    expect([...notes.found.keys()]).toContain('solutions between two reopenings that the rows do not show');
  });

  it('waits for the user, names the record of the source that says so, and goes on', async () => {
    const { told } = await plan(
      row({}),
      at('1/3/2016 10:00', 'Awaiting User Info'),
      at('1/3/2016 11:00', 'Active'),
      at('1/3/2016 12:00', 'Awaiting Vendor'),
    );
    expect(told('stage', 'interactionId').slice(2)).toEqual([
      ['2016-03-01T10:00:00.000Z', 'RecordFirstResponse'],
      ['2016-03-01T10:00:00.000Z', 'WaitForCustomer', 'INC0000045-row-2'],
      ['2016-03-01T11:00:00.000Z', 'ResumeTicket'],
      ['2016-03-01T12:00:00.000Z', 'RecordExecutionStep', 'Awaiting Vendor'],
    ]);
  });

  it('closes at its last Closed row; a reopening after a Closed row makes that one an end too', async () => {
    const closed = (when: string) => at(when, 'Closed', { closed_at: when, reopen_count: '1' });
    const { told } = await plan(
      at('1/3/2016 10:00', 'Resolved'),
      at('2/3/2016 10:00', 'Closed', { closed_at: '2/3/2016 10:00' }),
      at('3/3/2016 10:00', 'Active', { reopen_count: '1' }),
      at('4/3/2016 10:00', 'Resolved', { reopen_count: '1' }),
      closed('5/3/2016 10:00'),
      closed('6/3/2016 10:00'),
    );
    expect(
      told('sourceVerdict').filter(([, kind]) => kind === 'CloseUnconfirmed' || kind === 'ReopenTicket'),
    ).toEqual([
      ['2016-03-02T10:00:00.000Z', 'CloseUnconfirmed'],
      ['2016-03-03T10:00:00.000Z', 'ReopenTicket'],
      ['2016-03-06T10:00:00.000Z', 'CloseUnconfirmed', 'MET'],
    ]);
  });

  it('never goes backwards in time: earlier rows count from the one before, and are counted', async () => {
    const { told, notes } = await plan(
      row({ opened_at: '29/2/2016 02:00' }),
      at('1/3/2016 10:00', 'Active', { opened_at: '29/2/2016 02:00' }),
      at('1/3/2016 09:00', 'Resolved', { opened_at: '29/2/2016 02:00' }),
    );
    expect(told().at(-1)).toEqual(['2016-03-01T10:00:00.000Z', 'DeliverSolution']);
    expect([...notes.found]).toEqual([
      ['tickets with rows before opened_at: those rows count from opened_at on', 1],
      ['rows out of order in time: they count from the row before', 1],
    ]);
  });

  it('of an unknown caller belongs to one customer of its own', async () => {
    const { all } = await plan(row({ caller_id: '?' }), row({ number: '0000046', caller_id: '?' }));
    expect(all('RegisterCustomer').map((one) => one['customerId'])).toEqual(['incidents-caller-unknown']);
    expect(all('RegisterTicket')).toHaveLength(2);
  });

  it('a customer is registered at the earliest opening, whatever the order of the file', async () => {
    const { told } = await plan(row({}), row({ number: '0000046', opened_at: '28/2/2016 10:00' }));
    expect(told()[0]).toEqual(['2016-02-28T10:00:00.000Z', 'RegisterCustomer']);
  });

  it('a line with an impossible date, count, state or priority is set aside', async () => {
    const { rejects, wanted } = await plan(
      row({ opened_at: '31/2/2016 01:16' }),
      row({ sys_updated_at: 'yesterday' }),
      row({ reopen_count: 'many' }),
      row({ incident_state: 'Lost' }),
      row({ priority: '5' }),
      'too,short',
    );
    expect(rejects.map(({ line, reason }) => `${line} ${reason.split(' ')[0] ?? ''}`)).toEqual([
      ...['2 opened_at', '3 sys_updated_at', '4 reopen_count', '5 incident_state', '6 priority', '7 2'],
    ]);
    expect(wanted).toEqual([]);
  });
});
