/** The address of a real EventStoreDB that tests may write to, or undefined. */
export const realEventStoreDb = process.env['EVENTSTOREDB_URL'];
