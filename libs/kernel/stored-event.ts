import type { LoggedEvent, Position } from './event-log';
import type { Meta, RecordedEvent } from './event-store';
import { eventHash } from './hash-chain';

/** What its data is today, as it was opened with the keys that were at hand. */
export interface Opening {
  today(event: LoggedEvent, data: object, version: number): object;
}

/** `{"occurredAt":"` stands first and an instant has 24 characters: most readers need nothing else of the envelope. */
const AT = 15;
const AT_MIDDLE = AT + 12;
const AT_END = AT + 24;
const VERSION = AT_END + '","schemaVersion":"'.length;
const PREFIX = '{"occurredAt":"';

/** Data and envelope are parsed when somebody looks: a subscriber that skips an event does not pay for it. */
class Reading implements RecordedEvent {
  private at: string | undefined = undefined;
  private opened: object | undefined = undefined;
  private parsed: Meta | undefined = undefined;
  private hashed: string | undefined = undefined;
  constructor(
    private readonly stored: LoggedEvent,
    private readonly opening: Opening,
  ) {}
  get id(): string {
    return this.stored.id;
  }
  get type(): string {
    return this.stored.type;
  }
  get stream(): string {
    return this.stored.stream;
  }
  get revision(): number {
    return this.stored.revision;
  }
  get position(): Position {
    return this.stored.position;
  }
  get recordedAt(): string {
    return this.stored.recordedAt;
  }
  get occurredAt(): string {
    return (this.at ??= this.occurred());
  }
  get data(): object {
    return (this.opened ??= this.opening.today(
      this.stored,
      JSON.parse(this.stored.data) as object,
      this.version,
    ));
  }
  get meta(): Meta {
    return (this.parsed ??= JSON.parse(this.stored.meta) as Meta);
  }
  get hash(): string {
    return (this.hashed ??= eventHash(this.stored.stream, this.stored.revision, this.stored));
  }
  /** Cut out in two pieces: V8 copies short ones, and lets longer ones hold on to the whole envelope, as long as a row lives that has them. */
  private occurred(): string {
    const { meta } = this.stored;
    if (!meta.startsWith(PREFIX)) return this.meta.occurredAt;
    return meta.slice(AT, AT_MIDDLE) + meta.slice(AT_MIDDLE, AT_END);
  }
  private get version(): number {
    const { meta } = this.stored;
    const quick = meta.startsWith(PREFIX) ? parseInt(meta.slice(VERSION, VERSION + 6), 10) : Number.NaN;
    return Number.isNaN(quick) ? Number(this.meta.schemaVersion) : quick;
  }
}

export const readingOf = (stored: LoggedEvent, opening: Opening): RecordedEvent =>
  new Reading(stored, opening);
