/** A value that changes, and who wants to know of it. */
import { useEffect, useState } from 'preact/hooks';

/** One value of the page's state. */
export interface Store<Value> {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  /** Answers what ends the listening. */
  readonly listen: (listener: () => void) => () => void;
}

/** A store whose listeners hear of changes once for each frame that is drawn, however many there are. */
export function createStore<Value>(first: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let value = first;
  let told = true;
  const tell = (): void => {
    if (told) return;
    told = true;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      if (!told) return;
      told = false;
      // A page in the background draws no frames, but is to be up to date when it is looked at.
      if (document.hidden) setTimeout(tell, 250);
      else requestAnimationFrame(tell);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a store, for a component that is drawn anew as it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(store.get);
  useEffect(() => {
    const read = (): void => setValue(() => store.get());
    read();
    return store.listen(read);
  }, [store]);
  return value;
}
