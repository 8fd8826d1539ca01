import { Command, Id, ListOf, Part, Text } from '@rapport/kernel';
import { Band, CurrencyBands, GrowthLine, HighValueLine } from './tieringrules.values';

/** Replace the rules for scores and tiers of a scope; tables with gaps or overlaps are refused (SYS-36). */
export class PublishTieringRules extends Command {
  /** `default` or an industry. */
  @Id() scope!: string;
  /** What the rules rest on, for a person. */
  @Text(200) basis!: string;
  /** Days since the last purchase. */
  @ListOf(Band, 5) recency!: readonly Band[];
  /** Purchases in 365 days. */
  @ListOf(Band, 5) frequency!: readonly Band[];
  /** Minor units spent in 365 days; the first currency's numbers hold for currencies that are not listed. */
  @ListOf(CurrencyBands, 50) monetary!: readonly CurrencyBands[];
  @Part(HighValueLine) highValue!: HighValueLine;
  @Part(GrowthLine) growth!: GrowthLine;
}
