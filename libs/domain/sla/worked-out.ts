/** As much is remembered for one pair of causes; then it is worked out anew. */
const KEPT_MAX = 5_000;

/**
 * What follows from two objects that are held elsewhere (rules and a calendar) and some plain values, remembered for as
 * long as both are held: clocks are looked at with every word about their ticket, and most of it moves none of them. Whoever
 * asks names all that the answer depends on, and nobody changes what he gets.
 */
export class WorkedOut<V> {
  private readonly kept = new WeakMap<object, WeakMap<object, Map<string, V>>>();

  of(one: object, other: object, asked: string, work: () => V): V {
    const answers = this.answersFor(one, other);
    const known = answers.get(asked);
    if (known !== undefined) return known;
    if (answers.size >= KEPT_MAX) answers.clear();
    const found = work();
    answers.set(asked, found);
    return found;
  }

  private answersFor(one: object, other: object): Map<string, V> {
    const byOther = this.kept.get(one) ?? new WeakMap<object, Map<string, V>>();
    const answers = byOther.get(other) ?? new Map<string, V>();
    if (!byOther.has(other)) byOther.set(other, answers);
    if (!this.kept.has(one)) this.kept.set(one, byOther);
    return answers;
  }
}
