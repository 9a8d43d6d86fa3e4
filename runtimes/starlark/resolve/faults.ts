/** The faults of one script, gathered while it is resolved and told all at once. */
import { StarlarkError } from '../error.js';
import { didYouMean, nearestName } from '../nearest-name.js';
import { moduleHint } from './foreign-modules.js';
import { FOREIGN_NAMES } from './foreign-names.js';
import { hintIn } from '../syntax/hint.js';
import type { Dialect } from '../syntax/dialect.js';
import type { Block } from './block.js';

/** The most faults that are told of one script. */
const MOST_TOLD = 20;

interface Fault {
  readonly at: number;
  /** Made late: finding the nearest name takes time. */
  readonly tell: () => StarlarkError;
}

/** Gathers faults. */
export class Faults {
  private readonly faults: Fault[] = [];
  private readonly unknown = new Map<string, Fault>();

  /** `hostHint` says what to write instead of a name of the host's world. */
  constructor(
    private readonly dialect: Dialect,
    private readonly hostHint: (name: string) => string | undefined,
  ) {}

  /** What the parser found. */
  read(errors: readonly StarlarkError[]): void {
    for (const error of errors) this.faults.push({ at: error.at ?? 0, tell: () => error });
  }

  /** A statement or word in a place where it cannot stand. */
  syntax(at: number, message: string, hint?: string): void {
    this.add('script/syntax', at, message, hint);
  }

  /** A name bound in a way that it cannot be. */
  name(at: number, message: string, hint?: string): void {
    this.add('script/name', at, message, hint);
  }

  /** A name that is not among those that may stand here; the nearest of them is told. */
  notAmong(at: number, message: string, name: string, names: readonly string[], hint?: string): void {
    const tell = (): StarlarkError =>
      new StarlarkError('script/name', message + didYouMean(name, names), place(at, hint));
    this.faults.push({ at, tell });
  }

  /** A name that means nothing in a block. Told once, where it stands first. */
  unknownName(at: number, name: string, block: Block, outerNames: () => Iterable<string>): void {
    const before = this.unknown.get(name);
    if (before !== undefined && before.at < at) return;
    this.unknown.set(name, { at, tell: () => this.unknownNameError(at, name, block, outerNames) });
  }

  /** Another fault, at its own place. */
  other(error: StarlarkError): void {
    this.faults.push({ at: error.at ?? 0, tell: () => error });
  }

  /** Throws the first fault in the order of the text, with the others in `also`. */
  throwIfAny(): void {
    const faults = [...this.faults, ...this.unknown.values()].sort((x, y) => x.at - y.at);
    const [first, ...also] = faults.slice(0, MOST_TOLD).map(({ tell }) => tell());
    if (first === undefined) return;
    const { code, message, at, hint, tool } = first;
    throw new StarlarkError(code, message, { ...place(at, hint), ...(tool !== undefined && { tool }), also });
  }

  private unknownNameError(
    at: number,
    name: string,
    block: Block,
    outerNames: () => Iterable<string>,
  ): StarlarkError {
    const meant = meantName(name, [...visibleNames(block, outerNames)]);
    const question = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    const hint = this.hostHint(name) ?? FOREIGN_NAMES.get(name) ?? moduleHint(name);
    return new StarlarkError(
      'script/name',
      `unknown name ${name}${question}`,
      place(at, hint === undefined ? undefined : hintIn(this.dialect, hint)),
    );
  }

  private add(code: 'script/syntax' | 'script/name', at: number, message: string, hint?: string): void {
    this.faults.push({ at, tell: () => new StarlarkError(code, message, place(at, hint)) });
  }
}

function place(at: number | undefined, hint: string | undefined): { at?: number; hint?: string } {
  return { ...(at !== undefined && { at }), ...(hint !== undefined && { hint }) };
}

/** The nearest name, or the one that is the same but for a prefix. One or two letters are near to too many. */
function meantName(name: string, visible: readonly string[]): string | undefined {
  const nearest = name.length > 2 ? nearestName(name, visible) : undefined;
  return nearest ?? visible.find((each) => each.endsWith(`_${name}`));
}

function* visibleNames(block: Block, outerNames: () => Iterable<string>): Iterable<string> {
  for (let around: Block | null = block; around !== null; around = around.outer) yield* around.ownNames();
  yield* outerNames();
}
