import type { LoggedEvent, Position } from './event-log';
import type { Meta, RecordedEvent } from './event-store';
import { eventHash } from './hash-chain';

type Today = (data: object, version: number) => object;

/** `{"occurredAt":"` stands first and an instant has 24 characters: most readers need nothing else of the envelope. */
const AT = 15;
const AT_END = AT + 24;
const VERSION = AT_END + '","schemaVersion":"'.length;
const PREFIX = '{"occurredAt":"';

/** Data and envelope are parsed when somebody looks: a subscriber that skips an event does not pay for it. */
class Reading implements RecordedEvent {
  private opened?: object;
  private parsed?: Meta;
  private hashed?: string;
  constructor(
    private readonly stored: LoggedEvent,
    private readonly today: Today,
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
    const { meta } = this.stored;
    return meta.startsWith(PREFIX) ? meta.slice(AT, AT_END) : this.meta.occurredAt;
  }
  get data(): object {
    return (this.opened ??= this.today(JSON.parse(this.stored.data) as object, this.version));
  }
  get meta(): Meta {
    return (this.parsed ??= JSON.parse(this.stored.meta) as Meta);
  }
  get hash(): string {
    return (this.hashed ??= eventHash(this.stored.stream, this.stored.revision, this.stored));
  }
  private get version(): number {
    const { meta } = this.stored;
    const quick = meta.startsWith(PREFIX) ? parseInt(meta.slice(VERSION, VERSION + 6), 10) : Number.NaN;
    return Number.isNaN(quick) ? Number(this.meta.schemaVersion) : quick;
  }
}

export const readingOf = (stored: LoggedEvent, today: Today): RecordedEvent => new Reading(stored, today);
