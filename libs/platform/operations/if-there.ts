/** As SQLite, PostgreSQL and our own memory say it. */
const NO_TABLE = /no such table|relation .* does not exist|there is no table/;

/** What is read of a table that no process of this version has made yet: there is nothing in it. */
export const ifThere = async <T>(asked: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && NO_TABLE.test(error.message)) return otherwise;
    throw error;
  }
};
