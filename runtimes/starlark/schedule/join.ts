/** The end of a fork: what the branches printed is handed on in their order, then their results, or their error. */
import type { StarlarkError } from '../error.js';
import type { Completion, Unwinding } from '../compile/index.js';
import type { Eventual, Value } from '../values/index.js';
import { linesOf } from './branch.js';
import type { Branch, Fork } from './branch.js';

/** What the branch that forked does when all others have settled. */
export class Join implements Unwinding {
  constructor(
    private readonly fork: Fork,
    private readonly print: (branch: Branch, line: string) => void,
    private readonly then: (results: Value[]) => Eventual,
  ) {}

  resume(): Completion {
    this.handOn();
    return this.then(this.fork.results);
  }

  /** What printing throws matters less than an error that ends the run. */
  fail(error: StarlarkError): never {
    try {
      this.handOn();
    } catch (printing) {
      if (error.catchable) throw printing;
    }
    throw error;
  }

  private handOn(): void {
    const { parent, branches } = this.fork;
    parent.fork = null;
    for (const branch of branches) {
      for (const line of linesOf(branch)) this.print(parent, line);
    }
  }
}
