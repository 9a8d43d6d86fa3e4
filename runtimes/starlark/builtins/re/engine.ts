/** The engine behind `re`, loaded when a script first needs it: most never do. */
import type * as re2js from 're2js';
import { Builtin } from '../../values/index.js';
import type { Eventual, Thread } from '../../values/index.js';

type Engine = typeof re2js;

let engine: Engine | null = null;

const load = new Builtin(
  're',
  (thread) =>
    thread.wait(
      import('re2js').then((loaded) => {
        engine = loaded;
        return null;
      }),
    ),
  true,
);

/** Goes on when the engine is there. */
export function withEngine(thread: Thread, then: () => Eventual): Eventual {
  return engine === null ? thread.invoke(load, [], then) : then();
}

/** The engine, which is there. */
export function loadedEngine(): Engine {
  if (engine === null) throw new Error('re: its engine is not loaded');
  return engine;
}

/** A pattern that the engine has compiled. */
export type Program = re2js.RE2JS;
