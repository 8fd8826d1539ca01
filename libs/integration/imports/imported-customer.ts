import { RegisterCustomer } from '@rapport/domain/commands';
import type { Wanted } from './import';

export interface ImportedCustomer {
  readonly customerId: string;
  /** Unique among the customers of the data set: one name and industry is one customer. */
  readonly name: string;
  readonly industry: string;
  readonly zone: string;
}

/** A customer is registered when the data first names them. */
export const registered = (of: ImportedCustomer, at: string, lane: string): Wanted => ({
  ...{ at, lane, seed: `customer/${of.customerId}` },
  command: RegisterCustomer.of({ ...of, source: 'IMPORT' }),
});
