/** What the data sets are known to say, and where a report says it. Numbers that come out of a histogram have its width. */
const COUNT = 0;
/** Percentiles are within 1 % of a value of the data; a figure that lies between two of them may be a little further off. */
const PERCENTILE = 0.015;

const timeliness = (args = []) => ['report', 'timeliness', ...args];
const priority = (n) => (answer) => answer.byPriority.find((one) => one.priority === n);
const months = (answer) => answer.backlog.map(({ open }) => open);
const idle = (days) => (answer) => answer.idle.figures.find((one) => one.days === days).customers;

/** dataset → its file, and per report: [what, expected, where, tolerance as a share]. */
module.exports = {
  incidents: {
    file: 'incidents.csv.gz',
    imported: { rows: 101_045, refused: 0, late: 0, skipped: {} },
    reports: [
      {
        ask: timeliness(['--backlog-months', '2016-02,2016-03,2016-04']),
        figures: [
          ['tickets', 17_136, (d) => d.overall.tickets, COUNT],
          ['tickets within their own deadline', 9_804, (d) => d.overall.sourceVerdict.met, COUNT],
          ['their share', 0.57213, (d) => d.overall.sourceVerdict.share, 1e-5],
          ...[
            ['1', 178, 0.01685],
            ['2', 287, 0.00348],
            ['3', 16_144, 0.5817],
            ['4', 527, 0.77609],
          ].flatMap(([name, tickets, share]) => [
            [`tickets of priority ${name}`, tickets, (d) => priority(name)(d).tickets, COUNT],
            [`their share, priority ${name}`, share, (d) => priority(name)(d).sourceVerdict.share, 2e-3],
          ]),
          ['tickets reopened', 202, (d) => d.overall.reopened.tickets, COUNT],
          ['reopenings', 243, (d) => d.overall.reopened.reopens, COUNT],
          ['tickets reassigned', 8_352, (d) => d.overall.reassigned.department.tickets, COUNT],
          ['reassignments', 17_645, (d) => d.overall.reassigned.department.reassignments, COUNT],
          ['first work p50, hours', 0.383, (d) => d.overall.firstWork.p50Hours, PERCENTILE],
          ['first work p90, hours', 101.058, (d) => d.overall.firstWork.p90Hours, PERCENTILE],
          ['tickets solved', 17_133, (d) => d.overall.firstResolution.n, COUNT],
          ['first solution p50, hours', 23.267, (d) => d.overall.firstResolution.p50Hours, PERCENTILE],
          ['first solution p90, hours', 365.677, (d) => d.overall.firstResolution.p90Hours, PERCENTILE],
          ['backlog at the ends of 2016-02, 03, 04', [206, 3_353, 2_961], months, COUNT],
        ],
      },
    ],
  },
  'online-retail': {
    file: 'online-retail.csv.gz',
    imported: { rows: 320_705, refused: 0, late: 0, skipped: { 'no customer': 88_652 } },
    reports: [
      {
        ask: ['report', 'value', '--as-of', '2011-09-01T00:00:00Z', '--idle', '90,180'],
        figures: [
          ['customers', 3_317, (d) => d.customers, COUNT],
          ['purchases', 11_413, (d) => d.purchases, COUNT],
          ['pence', [523_924_056], (d) => d.revenue.map(({ grossMinor }) => grossMinor), COUNT],
          ['customers with two purchases or more', 1_941, (d) => d.customersBuyingAgain, COUNT],
          [
            'cohort of 2010-12',
            [885, 324, 286, 340, 321, 352, 321, 309, 313],
            (d) => d.cohorts.find(({ month }) => month === '2010-12').active,
            COUNT,
          ],
          ['customers idle for 90 days', 1_394, idle(90), COUNT],
          ['customers idle for 180 days', 545, idle(180), COUNT],
        ],
      },
    ],
  },
  helpdesk: {
    file: 'helpdesk.csv',
    imported: { rows: 21_348, refused: 0, late: 0, skipped: {} },
    reports: [
      {
        ask: timeliness(),
        figures: [
          ['cases', 4_580, (d) => d.overall.tickets, COUNT],
          ['cases resolved more than once', 386, (d) => d.overall.solvedAgain, COUNT],
          ['cases that went back to work', 152, (d) => d.overall.reopened.tickets, COUNT],
          ['median to take in charge, hours', 16.39, (d) => d.overall.firstResponse.p50Hours, PERCENTILE],
          ['median to first resolve, hours', 143.59, (d) => d.overall.firstResolution.p50Hours, PERCENTILE],
          ['median to closed, hours', 953.16, (d) => d.overall.closure.p50Hours, PERCENTILE],
        ],
      },
    ],
  },
  'telecom-complaints': {
    file: 'telecom-complaints-2015.csv',
    imported: { rows: 944, refused: 0, late: 0, skipped: {} },
    reports: [
      {
        ask: ['report', 'complaints'],
        figures: [
          ['complaints', 944, (d) => d.total.complaints, COUNT],
          ['months', ['2015-04', '2015-05'], (d) => d.byMonth.map(({ month }) => month).sort(), COUNT],
        ],
      },
    ],
  },
};
