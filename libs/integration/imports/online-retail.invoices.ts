/** One line of an invoice or of a cancellation. */
export interface RetailLine {
  readonly invoice: string;
  readonly cancels: boolean;
  readonly stockCode: string;
  /** Below zero on cancellations and corrections of stock. */
  readonly quantity: number;
  readonly at: string;
  /** A thousandth of a pound: two lines of the file have three decimals. */
  readonly priceMills: number;
  readonly customer: string;
}
export interface Invoice {
  readonly invoice: string;
  readonly at: string;
  readonly customer: string;
  readonly pence: number;
  readonly lines: readonly RetailLine[];
}
export const MILLS_PER_PENNY = 10;
