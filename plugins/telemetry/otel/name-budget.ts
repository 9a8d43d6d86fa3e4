/**
 * Keeps the names on metrics few: so many are told apart, in the order in which they came, and all others are
 * one. What a client makes up is no name until something answered to it.
 */
import type { EndCode } from '../../../core/index.js';
import { OTHER } from './names.js';
import { shortName } from './short-text.js';

/** The names of one kind of thing. */
export class NameBudget {
  readonly #most: number;
  readonly #known = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The name of something that exists. */
  of(name: string): string {
    const short = shortName(name);
    if (this.#known.has(short)) return short;
    if (this.#known.size >= this.#most) return OTHER;
    this.#known.add(short);
    return short;
  }

  /** A name that a client asked for, and maybe invented: it exists where it was known, or something answered. */
  asked(name: string, code: EndCode): string {
    if (code === 'ok' || code === 'tool/failed') return this.of(name);
    const short = shortName(name);
    return this.#known.has(short) ? short : OTHER;
  }
}

/** One budget for each kind of thing. */
export interface NameBudgets {
  readonly tool: NameBudget;
  readonly prompt: NameBudget;
  readonly backend: NameBudget;
  readonly service: NameBudget;
  readonly runtime: NameBudget;
  readonly sink: NameBudget;
  readonly index: NameBudget;
  readonly protocolVersion: NameBudget;
}

/** Budgets of so many names each. */
export function nameBudgets(most: number): NameBudgets {
  const budget = (): NameBudget => new NameBudget(most);
  return {
    tool: budget(),
    prompt: budget(),
    backend: budget(),
    service: budget(),
    runtime: budget(),
    sink: budget(),
    index: budget(),
    protocolVersion: new NameBudget(Math.min(most, PROTOCOL_VERSIONS)),
  };
}

/** More than there are. */
const PROTOCOL_VERSIONS = 20;
