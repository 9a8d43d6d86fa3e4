/**
 * Under which name a script calls a tool.
 *
 * A name is sanitised: what is not an ASCII letter, digit or `_` becomes `_`, a leading digit gets a `_`
 * before it, nothing becomes `_`. A name that the language reserves gets a `_` behind it. Of tools that
 * would share a name, one whose real name it is keeps it, else the first by real name; the next get `_2`,
 * `_3` and so on. The result depends on the set of names alone, not on their order.
 */

/** A tool's name as an identifier, before clashes are looked at. */
export function sanitizedName(name: string): string {
  if (isIdentifier(name)) return name;
  const replaced = name.replace(/[^A-Za-z0-9_]/gu, '_');
  if (replaced === '') return '_';
  return /^[0-9]/.test(replaced) ? `_${replaced}` : replaced;
}

/** Whether a text is an identifier as sanitising makes them. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/**
 * Script names for real names that are distinct and sorted; in the same order.
 * A name that is an identifier already keeps it before one that has to be changed.
 */
export function scriptNames(sortedNames: readonly string[], reserved: ReadonlySet<string>): string[] {
  const names = new FreeNames(reserved);
  const wanted = sortedNames.map(sanitizedName);
  const result = wanted.map((name, index) => {
    const asItIs = name === sortedNames[index] && !reserved.has(name);
    return asItIs ? names.take(name) : '';
  });
  return result.map((taken, index) => taken || names.take(wanted[index]!));
}

/** Hands out names, each once. */
class FreeNames {
  readonly #reserved: ReadonlySet<string>;
  readonly #taken = new Set<string>();
  /** The last number tried behind a name, so that a thousand equal names cost a thousand tries. */
  readonly #numbers = new Map<string, number>();

  constructor(reserved: ReadonlySet<string>) {
    this.#reserved = reserved;
  }

  take(wanted: string): string {
    const base = this.#reserved.has(wanted) ? `${wanted}_` : wanted;
    let name = base;
    while (this.#taken.has(name) || this.#reserved.has(name)) {
      const number = (this.#numbers.get(base) ?? 1) + 1;
      this.#numbers.set(base, number);
      name = `${base}_${String(number)}`;
    }
    this.#taken.add(name);
    return name;
  }
}
