/** What a script must never change: the prototypes and globals of the process that it runs in. */

const WATCHED: ReadonlyMap<string, object> = new Map<string, object>([
  ['globalThis', globalThis],
  ['Object.prototype', Object.prototype],
  ['Function.prototype', Function.prototype],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['BigInt.prototype', BigInt.prototype],
  ['Boolean.prototype', Boolean.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Error.prototype', Error.prototype],
  ['Object', Object],
  ['Array', Array],
  ['Promise', Promise],
]);

/** Each own property of each watched object, with its value. */
export type HostSnapshot = ReadonlyMap<string, unknown>;

export function hostSnapshot(): HostSnapshot {
  const snapshot = new Map<string, unknown>();
  // What Node makes when it is first asked for is asked for here.
  for (const key of Reflect.ownKeys(globalThis)) Reflect.get(globalThis, key);
  for (const [name, object] of WATCHED) {
    for (const key of Reflect.ownKeys(object)) {
      const { value, get } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
      snapshot.set(`${name} ${String(key)}`, get ?? (value as unknown));
    }
  }
  return snapshot;
}

/** The properties that came, went or changed. */
export function changes(before: HostSnapshot, after: HostSnapshot): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter(
    (key) => before.has(key) !== after.has(key) || !Object.is(before.get(key), after.get(key)),
  );
}
