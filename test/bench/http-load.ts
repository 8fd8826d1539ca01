import { createRequire } from 'node:module';

/** A process of its own, so that the load does not sit in the process that is measured: `node http-load.js url path`. */
const [url = '', path = '', mark = ''] = process.argv.slice(2);
const CONNECTIONS = 50;
const SECONDS = 6;
const CUSTOMERS = 1_000;

interface Result {
  readonly non2xx: number;
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p99: number };
}
type Autocannon = (options: object) => Promise<Result>;
const autocannon = createRequire(__filename)('autocannon') as Autocannon;

let next = 0;
const ticket = (): string =>
  JSON.stringify({
    ...{
      ticketId: `h-${mark}-${next++}`,
      customerId: `c-${next % CUSTOMERS}`,
      type: 'SERVICE',
      urgency: 'ROUTINE',
    },
    ...{ channel: 'EMAIL', verbatim: 'The export of my orders stops half way', collectorId: 'ann' },
    raisedAt: new Date().toISOString(),
  });
const request = { method: 'POST', path, headers: { 'content-type': 'application/json' } };
const requests = [{ ...request, setupRequest: (one: object) => ({ ...one, ...request, body: ticket() }) }];

void autocannon({ url, connections: CONNECTIONS, duration: SECONDS, requests }).then(
  ({ non2xx, requests, latency }) => {
    process.stdout.write(
      JSON.stringify({ non2xx, perSecond: requests.average, p50: latency.p50, p99: latency.p99 }),
    );
  },
);
