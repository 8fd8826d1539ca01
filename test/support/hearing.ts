import type { NewEvent, Policy, Projection, Row } from '@rapport/kernel';
import type { Hearer } from '@rapport/kernel/spec';

/** What a spec said of a model: after these events it has these rows. */
export interface SaidOfRows {
  readonly of: Projection;
  readonly events: readonly NewEvent[];
  readonly rows: ReadonlyMap<string, Row | null>;
}
/** What a spec said of a policy: these events leave this memory and make it send these commands. */
export interface SaidOfReactions {
  readonly of: Policy;
  readonly events: readonly NewEvent[];
  readonly memory: ReadonlyMap<string, Row | null>;
  readonly sent: readonly object[];
}

const rows: SaidOfRows[] = [];
const reactions: SaidOfReactions[] = [];
const hearer: Hearer = {
  rows: (of, events, found) => void rows.push({ of, events, rows: found }),
  reactions: (of, events, memory, sent) => void reactions.push({ of, events, memory, sent }),
};
// The name of the place is repeated, so that a spec without models need not load the kernel.
Object.assign(globalThis, { [Symbol.for('rapport/hearer')]: hearer });

/** Jest loads this before every spec file: what was said in it is played again at its end, by the real loops. */
afterAll(async () => {
  if (rows.length + reactions.length === 0) return;
  const { playRows, playReactions } = await import('./played-specs.js');
  for (const said of rows) await playRows(said);
  for (const said of reactions) await playReactions(said);
});
