/** Lists by name, none of them empty: what is over leaves nothing behind in the versions that follow. */
export type Lists<Name extends string, T> = Readonly<Partial<Record<Name, readonly T[]>>>;

/** With this list, or without it where nothing is left in it. Nothing is changed in place: earlier versions hold the others, too. */
export const listed = <Name extends string, T>(
  lists: Lists<Name, T>,
  name: Name,
  list: readonly T[],
): Lists<Name, T> => {
  const { [name]: _, ...others } = lists as Readonly<Record<string, readonly T[]>>;
  return (list.length > 0 ? { ...lists, [name]: list } : others) as Lists<Name, T>;
};
