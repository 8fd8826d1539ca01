import { helpdesk } from './helpdesk.import';
import { planOf } from './miniature';

const plan = (...events: readonly (readonly [activity: string, time: string])[]) =>
  planOf(helpdesk, [
    helpdesk.columns.join(','),
    ...events.map(([name, time]) =>
      [name, 'complete', 'Value 2', `2010-01-${time}+00:00`, name, 'Value 2', 'Case1'].join(','),
    ),
  ]);
const kinds = (told: readonly (readonly unknown[])[]) => told.slice(2).map(([, ...rest]) => rest);

describe('a case of the help desk', () => {
  it('is opened with its first event, taken in charge, solved and closed', async () => {
    const { told, wanted } = await plan(
      ['Assign seriousness', '13 08:40:25'],
      ['Take in charge ticket', '14 08:00:00'],
      ['Resolve ticket', '15 08:00:00'],
      ['Closed', '30 08:00:00'],
    );
    expect(told('stage', 'respondedAt', 'deliveredAt')).toEqual([
      ['2010-01-13T08:40:25.000Z', 'RegisterCustomer'],
      ['2010-01-13T08:40:25.000Z', 'RegisterTicket'],
      ['2010-01-13T08:40:25.000Z', 'RecordExecutionStep', 'Assign seriousness'],
      ['2010-01-14T08:00:00.000Z', 'RecordFirstResponse', '2010-01-14T08:00:00.000Z'],
      ['2010-01-15T08:00:00.000Z', 'DeliverSolution', '2010-01-15T08:00:00.000Z'],
      ['2010-01-30T08:00:00.000Z', 'CloseUnconfirmed'],
    ]);
    expect(wanted.at(-1)?.actorId).toBe('helpdesk-agent-Value-2');
  });

  it('that goes back to work after it was solved is reopened: once, until it is solved again', async () => {
    const { told } = await plan(
      ['Resolve ticket', '13 08:00:00'],
      ['Take in charge ticket', '14 08:00:00'],
      ['Wait', '15 08:00:00'],
      ['Resolve ticket', '16 08:00:00'],
      ['Closed', '17 08:00:00'],
      ['Wait', '18 08:00:00'],
    );
    expect(kinds(told())).toEqual([
      ...[['DeliverSolution'], ['ReopenTicket'], ['RecordFirstResponse'], ['WaitForCustomer']],
      ...[['DeliverSolution'], ['CloseUnconfirmed'], ['ReopenTicket'], ['WaitForCustomer']],
    ]);
  });

  it('solved twice in a row has two solutions, even at one moment', async () => {
    const { told } = await plan(
      ['Resolve ticket', '13 08:00:00'],
      ['Resolve ticket', '13 08:00:00'],
      ['Resolve ticket', '14 08:00:00'],
    );
    expect(kinds(told())).toEqual([
      ...[['DeliverSolution'], ['StartSecondCommunication'], ['DeliverSolution'], ['DeliverSolution']],
    ]);
  });

  it('says what it does not take over', async () => {
    const { notes } = await plan(
      ['Insert ticket', '13 08:00:00'],
      ['Wait', '13 08:00:00'],
      ['Wait', '14 08:00:00'],
      ['Closed', '15 08:00:00'],
      ['Closed', '16 08:00:00'],
      ['VERIFIED', '17 08:00:00'],
    );
    expect(Object.fromEntries(notes.skipped)).toEqual({
      'Insert ticket: the opening itself': 1,
      'Wait while it is waiting already': 1,
      'Closed while it is closed already': 1,
      'VERIFIED after Closed: not taken as work': 1,
    });
  });

  it('with an impossible time is set aside', async () => {
    const { rejects } = await plan(['Wait', '32 08:00:00']);
    expect(rejects).toMatchObject([{ line: 2, reason: expect.stringContaining('time:timestamp') as string }]);
  });
});
