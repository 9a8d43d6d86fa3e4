/** Tables by name, written as rows: the names that share an entry, with blanks between them. */

/** The entries of the rows, by name. */
export function nameTable<Entry>(
  rows: readonly (readonly [names: string, entry: Entry])[],
): ReadonlyMap<string, Entry> {
  return new Map(
    rows.flatMap(([names, entry]) => names.split(' ').map((name): [string, Entry] => [name, entry])),
  );
}
