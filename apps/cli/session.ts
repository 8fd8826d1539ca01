import { openReading, type Application } from '@rapport/platform';
import { pretty } from './tables';
import { EXIT } from './exits';
import type { Terminal } from './terminal';

/** One run of the program: where its data is, how it answers, and how it ends. */
export class Session {
  code: number = EXIT.ok;
  private json = false;
  private folder: string;

  constructor(readonly terminal: Terminal) {
    this.folder = terminal.environment['RAPPORT_DATA'] ?? './data';
  }

  begin({ data, json }: { readonly data?: string; readonly json?: boolean }): void {
    this.folder = data ?? this.folder;
    this.json = json ?? false;
  }
  get data(): string {
    return this.folder;
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

  /** Opens the data folder for reading, also beside a running server, and closes it again. */
  async reading<T>(work: (application: Application) => Promise<T>): Promise<T> {
    const application = await openReading(this.folder);
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
