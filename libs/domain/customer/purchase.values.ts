/** Purchases of this many days count towards maturity (2.5). */
export const PURCHASE_WINDOW_DAYS = 365;
/** So many purchases within the window make a customer mature (SYS-06.2). */
export const PURCHASES_TO_MATURITY = 3;
