import { Count, Event, Id, ListOf, Part, Text } from '@rapport/kernel';
import { Band, CurrencyBands, GrowthLine, HighValueLine } from './tieringrules.values';

/** New rules for scores and tiers hold for a scope; version 1 is the one built in (SYS-36). */
export class TieringRulesPublished extends Event {
  /** `default` or an industry. */
  @Id() scope!: string;
  @Count(2, 1_000_000) version!: number;
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
