/** Sandboxes that wait for a script, so that none begins by making one. */
import { Engine } from './engine.js';
import { Sandbox } from './sandbox.js';
import type { QuickjsPackages } from '../packages.js';

/** Sandboxes kept while no script runs in them. */
const MOST_KEPT = 16;

/** Lends sandboxes. */
export class SandboxPool {
  /** Stands before integers that have no JSON number; nobody outside knows it. */
  readonly mark = `${crypto.randomUUID()}:`;
  readonly #engine: Engine;
  readonly #idle: Sandbox[] = [];

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A pool with one sandbox in it, so that what cannot work is known at once. */
  static async open(packages: QuickjsPackages): Promise<SandboxPool> {
    const pool = new SandboxPool(await Engine.load(packages));
    pool.give(await pool.#made());
    return pool;
  }

  /** One that nobody else has. */
  async take(): Promise<Sandbox> {
    return this.#idle.pop() ?? (await this.#made());
  }

  /** Takes it back; a broken one is thrown away. */
  give(sandbox: Sandbox): void {
    sandbox.end();
    if (sandbox.isSound && this.#idle.length < MOST_KEPT) this.#idle.push(sandbox);
  }

  #made(): Promise<Sandbox> {
    return Sandbox.create(this.#engine, this.mark);
  }
}
