import { RegisterTicket } from '@rapport/domain/commands';
import type { Channel } from '@rapport/domain/values';
import { idText, noDate, utc, wordOf } from './fields';
import { anImport, broken, type Line, type Notes, type Wanted } from './import';
import { registered } from './imported-customer';
import { causeOf } from './telecom-complaints.causes';
import { datedAs, readingOf, type Parts } from './telecom-complaints.dates';

interface TelecomComplaint {
  readonly ticket: string;
  readonly text: string;
  /** Day, month, year, hour, minute, second as they are written. */
  readonly date: Parts;
  readonly channel: Channel;
  readonly place: string;
  readonly status: string;
}
const CHANNELS: Readonly<Record<string, Channel>> = {
  'Customer Care Call': 'PHONE',
  Internet: 'THIRD_PARTY_PLATFORM',
};

/** Complaints about a telecom company, filed in 2015. */
export const telecomComplaints = anImport<TelecomComplaint>({
  dataset: 'telecom-complaints',
  about:
    'Complaints about a telecom company: tickets telecom-<number> of type COMPLAINT. The file names no customers, so each complaint gets one of its own (telecom-customer-<number>)',
  columns: [
    ...['Ticket #', 'Customer Complaint', 'Date', 'Date_month_year', 'Time', 'Received Via', 'City', 'State'],
    ...['Zip code', 'Status', 'Filing on Behalf of Someone'],
  ],
  read: ([
    ticket = '',
    text = '',
    date = '',
    named = '',
    time = '',
    via = '',
    city = '',
    state = '',
    zip = '',
    status = '',
  ]) => ({
    ticket: idText('Ticket #', ticket),
    text: text.trim() === '' ? broken('Customer Complaint is empty') : text.slice(0, 4000),
    date: [...dayIn(date, named), ...timeIn(time)],
    channel: wordOf('Received Via', CHANNELS, via),
    place: `${city}, ${state} ${zip}`,
    status,
  }),
  plan: (lines, notes) => {
    const reading = readingOf(lines.map(({ record }) => record.date));
    for (const [finding, times] of reading.findings) notes.find(finding, times);
    notes.find('times of day: the file names no zone, taken as UTC', lines.length);
    notes.find(
      'complaints with emotion UPSET: the file does not say, and nobody complains calmly to a third party',
      lines.length,
    );
    return lines.flatMap((line) => ticketOf(line, reading.swapped, notes));
  },
});

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 22-04-15 and 22-Apr-15: both columns must say the same. */
const dayIn = (date: string, named: string): readonly number[] => {
  const parts = (/^(\d\d)-(\d\d)-(\d\d)$/.exec(date) ?? broken(noDate('Date', date))).map(Number);
  const [, day = 0, month = 0, year = 0] = parts;
  const [, dayToo, name, yearToo] =
    /^(\d\d)-([A-Z][a-z]{2})-(\d\d)$/.exec(named) ?? broken(noDate('Date_month_year', named));
  if (Number(dayToo) !== day || MONTHS.indexOf(name ?? '') + 1 !== month || Number(yearToo) !== year)
    return broken(`Date and Date_month_year differ: "${date}" and "${named}"`);
  return [day, month, 2000 + year];
};

/** 3:53:50 PM */
const timeIn = (text: string): readonly number[] => {
  const found = /^(\d{1,2}):(\d\d):(\d\d) (AM|PM)$/.exec(text) ?? broken(noDate('Time', text));
  const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
  if (hour < 1 || hour > 12) return broken(noDate('Time', text));
  return [(hour % 12) + (found[4] === 'PM' ? 12 : 0), minute, second];
};

const ticketOf = ({ record }: Line<TelecomComplaint>, swapped: boolean, notes: Notes): readonly Wanted[] => {
  const { ticket, text, place, status, channel } = record;
  const at = utc('Date', record.date.join('-'), datedAs(record.date, swapped));
  const cause = causeOf(text);
  notes.find(`cause by keyword: ${cause}`);
  notes.find(
    `complaints whose status is ${status}: the file does not say since when, so no step is made of it`,
  );
  const customer = { customerId: `telecom-customer-${ticket}`, name: `Complainant of ${ticket}` };
  const ticketId = `telecom-${ticket}`;
  const findings = { businessInterrupted: false, dataLeak: false, publicThreat: false, safety: false };
  const complaint = { causes: [cause], emotion: 'UPSET', text, ...findings } as const;
  const intake = {
    ticketId,
    customerId: customer.customerId,
    channel,
    raisedAt: at,
    collectorId: 'telecom-intake',
  };
  const words = { verbatim: text, background: place, type: 'COMPLAINT', urgency: 'IMPORTANT' } as const;
  return [
    registered({ ...customer, industry: 'TELECOM', zone: 'UTC' }, at, ticket),
    { at, lane: ticket, seed: ticketId, command: RegisterTicket.of({ ...intake, ...words, complaint }) },
  ];
};
