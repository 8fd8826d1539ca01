import {
  at,
  Command,
  Count,
  Event,
  flag,
  Id,
  integer,
  Instant,
  maybe,
  Optional,
  policy,
  projection,
  refuse,
  rollup,
  text,
  Text,
  type Aggregate,
} from '@rapport/kernel';

/** A small business for tests of the loops: jars are opened, filled, and sealed when they are full or too old. */
abstract class OfJar extends Event {
  @Id() jarId!: string;
}
export class JarOpened extends OfJar {
  @Text(40) color!: string;
}
export class JarFilled extends OfJar {
  @Count(1, 1_000) drops!: number;
  @Count(0, 1_000_000) total!: number;
  @Text(40) color!: string;
}
export class JarSealed extends OfJar {
  @Text(40) because!: string;
  @Text(40) color!: string;
}
export const jarEvents = { JarOpened, JarFilled, JarSealed };

abstract class ForJar extends Command {
  @Id() jarId!: string;
}
export class OpenJar extends ForJar {
  @Text(40) color!: string;
}
export class FillJar extends ForJar {
  @Count(1, 1_000) drops!: number;
  @Optional() @Instant() filledAt?: string;
}
export class SealJar extends ForJar {
  @Text(40) because!: string;
}
export const jarCommands = { OpenJar, FillJar, SealJar };

type Jar = { stage: 'none' } | { stage: 'open' | 'sealed'; color: string; total: number };
export const FULL = 500;

export const jar: Aggregate<Jar, typeof jarEvents, typeof jarCommands> = {
  name: 'jar',
  id: 'jarId',
  events: jarEvents,
  commands: jarCommands,
  initial: { stage: 'none' },
  evolve: {
    JarOpened: (_, { color }) => ({ stage: 'open', color, total: 0 }),
    JarFilled: (state, { total }) => ({ ...known(state), total }),
    JarSealed: (state) => ({ ...known(state), stage: 'sealed' }),
  },
  decide: {
    OpenJar: (state, command) =>
      state.stage === 'none' ? [JarOpened.of(command)] : refuse('JAR_EXISTS', 'there is such a jar'),
    FillJar: (state, { jarId, drops, filledAt }) => {
      const { color, total, stage } = known(state);
      if (stage === 'sealed') refuse('JAR_SEALED', 'the jar is sealed');
      return [JarFilled.of({ jarId, drops, color, total: total + drops }, filledAt)];
    },
    SealJar: (state, { jarId, because }) => {
      const { color, stage } = known(state);
      return stage === 'sealed' ? [] : [JarSealed.of({ jarId, because, color })];
    },
  },
};
const known = (state: Jar) =>
  state.stage === 'none' ? refuse('JAR_UNKNOWN', 'there is no such jar') : state;

/** Every jar that is open; a sealed one leaves. */
export const openJars = projection(jarEvents, {
  ...{ name: 'open-jars', version: 1, about: 'What is in the open jars?', key: 'jarId', history: true },
  columns: { color: text(), total: integer(), fills: integer(), lastFilledAt: maybe(text()) },
  indexes: [['color', 'total']],
}).on({
  JarOpened: (_, { color }) => ({ color }),
  JarFilled: ({ fills, total }, { drops }, { occurredAt }) => ({
    ...{ fills: fills + 1, total: total + drops, lastFilledAt: occurredAt },
  }),
  JarSealed: () => null,
});

/** Every jar ever. */
export const allJars = projection(jarEvents, {
  ...{ name: 'all-jars', version: 1, about: 'What became of each jar?', key: 'jarId' },
  columns: { color: text(), total: integer(), sealed: flag(), openedAt: text(), sealedAt: maybe(text()) },
}).on({
  JarOpened: (_, { color }, { occurredAt }) => ({ color, openedAt: occurredAt }),
  JarFilled: ({ total }, { drops }) => ({ total: total + drops }),
  JarSealed: (_, __, { occurredAt }) => ({ sealed: true, sealedAt: occurredAt }),
});

export const jarsByColor = rollup(allJars, {
  ...{ name: 'jars-by-color', version: 1 },
  by: { color: ({ color }) => color, sealed: ({ sealed }) => String(sealed) },
  sums: { drops: ({ total }) => total },
  durations: {
    openMs: ({ openedAt, sealedAt }) =>
      sealedAt === null ? null : Date.parse(sealedAt) - Date.parse(openedAt),
  },
  cuts: [['color'], ['sealed']],
});

const DAY_MS = 86_400_000;

/** A jar is sealed as soon as it is full, or a day after it was last touched. */
export const sealing = policy(jarEvents, {
  ...{ name: 'seal-jars', about: 'Seals jars that are full or forgotten', key: 'jarId' },
  columns: { total: integer() },
}).on({
  JarOpened: (_, { jarId }, { occurredAt }) => ({ wake: at(dayAfter(occurredAt), old(jarId)) }),
  JarFilled: ({ total }, { jarId, drops }, { occurredAt }) => ({
    remember: { total: total + drops },
    send: total + drops >= FULL ? [SealJar.of({ jarId, because: 'full' })] : [],
    wake: at(dayAfter(occurredAt), old(jarId)),
  }),
  JarSealed: () => ({ remember: null }),
});
const old = (jarId: string) => SealJar.of({ jarId, because: 'old' });
const dayAfter = (instant: string) => new Date(Date.parse(instant) + DAY_MS).toISOString();
