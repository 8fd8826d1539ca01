import { hostname, userInfo } from 'node:os';
import {
  byLease,
  openOperating,
  openReading,
  placeIn,
  settingsFrom,
  type Application,
  type Looking,
  type Place,
  type Settings,
} from '@rapport/platform';
import { pretty } from './tables';
import { EXIT } from './exits';
import { holderOf } from './holder';
import type { Terminal } from './terminal';

type Given = Readonly<Record<string, string | undefined>>;
const PLACING = /^RAPPORT_(DATA|EVENTSTOREDB.*|POSTGRES.*)$/;

/** One run of the program: where its data is, how it answers, and how it ends. */
export class Session {
  code: number = EXIT.ok;
  private json = false;
  private given: Given = {};

  constructor(readonly terminal: Terminal) {}

  begin({
    data,
    log,
    json,
  }: {
    readonly data?: string;
    readonly log?: string;
    readonly json?: boolean;
  }): void {
    this.given = { ...(data !== undefined && { RAPPORT_DATA: data }) };
    if (log !== undefined) this.given = { ...this.given, RAPPORT_EVENTSTOREDB: log };
    this.json = json ?? false;
  }
  /** The variables of the process; what the command line says comes first. */
  get environment(): Given {
    return { ...this.terminal.environment, ...this.given };
  }
  /** Where everything is kept. Only the variables that say so are read. Throws `BadSettings`. */
  get settings(): Settings {
    const placing = Object.entries(this.environment).filter(([name]) => PLACING.test(name));
    return settingsFrom(Object.fromEntries(placing));
  }
  get place(): Place {
    return placeIn(this.settings);
  }
  get data(): string {
    return this.settings.RAPPORT_DATA;
  }
  get isJson(): boolean {
    return this.json;
  }

  /** The result: JSON as it is, or told for people. */
  answer<T>(result: T, told: (result: T) => string = pretty): void {
    this.terminal.print(this.json ? JSON.stringify(result, null, 2) : told(result));
  }
  /** Done, but a script should look: differences, findings. */
  findings(): void {
    this.code = EXIT.findings;
  }

  /** How it is seen who is there: an embedded log has one owner, whom the operating system knows; elsewhere leases tell. */
  get looking(): Looking {
    const { place } = this;
    return { isThere: place.eventStoreDb ? byLease : () => holderOf(place) !== null };
  }
  /** Who asks, as it is kept with what he asked for. */
  get operator(): string {
    return `${userInfo().username}@${hostname()}`;
  }

  /** Opens everything for reading, also beside a running server, and closes it again. */
  reading<T>(work: (application: Application) => Promise<T>): Promise<T> {
    return this.with(openReading(this.place), work);
  }
  /** The same, and pauses and orders can be kept. */
  operating<T>(work: (application: Application) => Promise<T>): Promise<T> {
    return this.with(openOperating(this.place), work);
  }
  private async with<T>(
    opening: Promise<Application>,
    work: (application: Application) => Promise<T>,
  ): Promise<T> {
    const application = await opening;
    try {
      return await work(application);
    } finally {
      const { log, rows, keys } = application.plan;
      await log.close();
      await rows.close();
      await keys.close();
    }
  }
}
