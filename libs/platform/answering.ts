import {
  askingOf,
  assertHistory,
  canonicalInstant,
  Count,
  Instant,
  Invalid,
  isInstant,
  OneOf,
  Optional,
  options,
  positionOf,
  recordedBy,
  recordedUntil,
  Text,
  type AsOf,
  type Position,
  type Projection,
  type Question,
} from '@rapport/kernel';
import type { Application } from './application';
import { isPositionToken, NotYet, positionIn, type Fresh } from './freshness';

const Stale = options('allow');
type Stale = keyof typeof Stale;

/** What every question takes beside its own parameters. */
export class ReadingParams {
  @Optional() @Text(40) after?: string;
  @Optional() @Count(0, 600_000) wait?: number;
  @Optional() @OneOf(Stale) stale?: Stale;
  @Optional() @Instant() asOf?: string;
  @Optional() @Text(40) knownAt?: string;
}
/** What they mean, for the pages and the help texts that people read. */
export const READING_ABOUT: Readonly<Record<keyof ReadingParams, string>> = {
  after: 'Wait until this position has been read: the one a command answered.',
  wait: 'How long to wait for it, in milliseconds (default 5000).',
  stale: '`allow`: when the wait runs out, answer with what is known and say so.',
  asOf: 'As things stood at this moment of business time.',
  knownAt: 'As far as was known: at this position, or by what had been recorded at this moment.',
};

/** Throws `Invalid`: positions are tokens that we gave. */
export const assertReading = ({ after, knownAt }: ReadingParams): void => {
  if (after !== undefined && !isPositionToken(after))
    throw wrong('after', 'position', 'after must be a position that we gave');
  if (knownAt !== undefined && !isPositionToken(knownAt) && !isInstant(canonicalInstant(knownAt)))
    throw wrong(
      ...['knownAt', 'moment'],
      'knownAt must be a position that we gave, or an ISO-8601 instant such as 2024-03-01T09:00:00Z',
    );
};
const wrong = (field: string, rule: string, message: string): Invalid =>
  new Invalid([{ field, rule, message }]);

/** How fresh an answer is, and of which moment. */
export interface ReadingMeta extends Fresh {
  readonly asOf?: string;
  /** As it was asked for: a position, or the moment of recording. */
  readonly knownAt?: string;
  /** The position for which it stands: asked with it, the answer holds the same rows for ever. */
  readonly knownPosition?: string;
  /** The wait ran out: this does not know yet what was asked for. */
  readonly stale?: true;
}
/** What had been recorded by a position or a moment. */
interface Known {
  readonly asked: string;
  readonly position: Position;
  /** The moment, where it was asked for one. */
  readonly instant?: string;
  /** False: more may have been recorded by then than anybody here has read. */
  readonly isLast: boolean;
}
/** What an answer rests on. */
export interface Basis {
  readonly meta: ReadingMeta;
  /** The moment at which rows are to be read; absent: now. */
  readonly moment?: AsOf;
  readonly known?: Known;
}

const WAIT_MS = 5_000;
/** The time before the first event. */
const NOTHING_RECORDED = '1970-01-01T00:00:00.000Z';

/** Answers questions, now or of the past, and says what each answer rests on: the same over HTTP and on the command line. */
export class Answering {
  constructor(
    private readonly application: Application,
    private readonly waitMsMax: number,
  ) {}

  /**
   * Waits where that is wished, and reads the position before the rows are read: they know at least as much. Throws
   * `NoHistory`, `Invalid`, `NotYet`, and `Unavailable` when only the log could tell and it is away.
   */
  async basis(models: readonly Projection[], params: ReadingParams): Promise<Basis> {
    const { asOf: time, knownAt } = params;
    if ((time ?? knownAt) !== undefined) assertHistory(models);
    const known = knownAt === undefined ? undefined : await this.known(knownAt);
    const stale = await this.reached(models, params, known);
    const fresh = await this.application.freshness.of(models);
    const moment = momentOf(time, known, positionOf(fresh.position));
    const meta: ReadingMeta = {
      ...fresh,
      ...(time !== undefined && { asOf: time }),
      ...(known && { knownAt: known.asked, knownPosition: String(known.position) }),
      ...(stale && { stale }),
    };
    return { meta, ...(moment && { moment }), ...(known && { known }) };
  }

  /** The answer with what it rests on. */
  async report(question: Question, params: object, reading: ReadingParams) {
    const { reads, name: report } = question;
    const { meta, moment, known } = await this.basis(reads, reading);
    const { rows, plan } = this.application;
    const now = reading.asOf ?? (await this.nowAt(known));
    const data = await question.answer(
      params,
      askingOf(question, { rows, rollups: plan.rollups, now }, moment),
    );
    return { data, meta: { ...meta, report, models: reads.map(({ name }) => name) } };
  }

  /** A report that is asked for what was known at a moment is the one of that moment, whenever it is asked for. */
  private async nowAt(known: Known | undefined): Promise<string> {
    if (!known) return this.application.now();
    if (known.instant !== undefined) return known.instant;
    return (await recordedUntil(this.marked, known.position)) ?? NOTHING_RECORDED;
  }

  private async known(asked: string): Promise<Known> {
    if (isPositionToken(asked)) return { asked, position: positionOf(asked), isLast: true };
    const instant = canonicalInstant(asked);
    if (instant > this.application.now())
      throw wrong(
        'knownAt',
        'past',
        'knownAt lies in the future: nobody knows what will be recorded by then',
      );
    return { asked: instant, instant, ...(await recordedBy(this.marked, instant)) };
  }

  /** True when the answer will know less than was asked for. What was known can be told only when it has been read. */
  private async reached(
    models: readonly Projection[],
    { after: token, wait = WAIT_MS, stale }: ReadingParams,
    known: Known | undefined,
  ): Promise<boolean> {
    const { freshness } = this.application;
    const staleAllowed = stale === 'allow';
    if (known && !known.isLast && !staleAllowed)
      throw new NotYet(`what had been recorded by ${known.asked} has not been read yet: ask again`, {
        ...(await freshness.of(models)),
        after: String(known.position),
      });
    const after = latest(positionIn(token), known?.position);
    const waitMs = Math.min(wait, this.waitMsMax);
    return (await freshness.reach(models, { after, waitMs, staleAllowed })) || known?.isLast === false;
  }

  private get marked() {
    return { rows: this.application.rows, log: this.application.store.log };
  }
}

/** An answer about the past knows what had been read when it began, and nothing that comes while it is made. */
const momentOf = (time: string | undefined, known: Known | undefined, read: Position): AsOf | undefined => {
  if (time === undefined && !known) return undefined;
  const position = known && known.position < read ? known.position : read;
  return { position, ...(time !== undefined && { time }) };
};
const latest = (one: Position | undefined, other: Position | undefined): Position | undefined =>
  one !== undefined && other !== undefined && other > one ? other : (one ?? other);
