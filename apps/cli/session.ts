import {
  openReading,
  placeIn,
  settingsFrom,
  type Application,
  type Place,
  type Settings,
} from '@rapport/platform';
import { pretty } from './tables';
import { EXIT } from './exits';
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

  /** Opens everything for reading, also beside a running server, and closes it again. */
  async reading<T>(work: (application: Application) => Promise<T>): Promise<T> {
    const application = await openReading(this.place);
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
