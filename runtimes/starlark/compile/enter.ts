/** Running a function: the depth of calls, the steps, and what is done when it suspends or fails. */
import { StarlarkError } from '../error.js';
import { PENDING } from '../values/index.js';
import type { Eventual } from '../values/index.js';
import type { Completion } from './completion.js';
import { leaving, leavingBuiltin, located } from './failure.js';
import type { Frame } from './frame.js';
import type { FunctionCode } from './function-code.js';
import type { Machine, Unwinding } from './machine.js';

/** Runs a function in a frame that holds its arguments; `at` is the call. */
export function enter(machine: Machine, code: FunctionCode, frame: Frame, at: number): Eventual {
  const { budget, depth } = machine;
  const tall = depth >= machine.roof;
  if (tall && depth >= machine.maximumDepth) throw tooDeep(machine, at);
  if (machine.callers !== null) forbidRecursion(machine.callers, depth, code, at);
  machine.depth = depth + 1;
  let completion: Completion;
  try {
    if ((budget.left -= code.weight) < 0 && budget.refill()) {
      completion = machine.giveWay(runBody, code, frame);
    } else {
      completion = tall ? machine.takeDown(runBody, code, frame) : code.body(frame);
    }
  } catch (error) {
    throw leaving(error, code, at);
  }
  if (completion === PENDING) return machine.unwind(new SuspendedCall(machine, depth, code, at));
  machine.depth = depth;
  return result(completion);
}

function runBody(code: FunctionCode, frame: Frame): Completion {
  return code.body(frame);
}

/** What a function returned; None where it came to its end. */
function result(completion: Completion): Eventual {
  return completion === undefined ? null : (completion as Eventual);
}

class SuspendedCall implements Unwinding {
  constructor(
    private readonly machine: Machine,
    private readonly depth: number,
    private readonly code: FunctionCode,
    private readonly at: number,
  ) {}

  resume(completion: Completion): Completion {
    this.machine.backAt(this.depth);
    return result(completion);
  }

  fail(error: StarlarkError): never {
    throw leaving(error, this.code, this.at);
  }
}

/** A builtin that was called at `at` and waits. */
export class SuspendedBuiltin implements Unwinding {
  constructor(readonly at: number) {}

  resume(completion: Completion): Completion {
    return completion;
  }

  fail(error: StarlarkError): never {
    throw leavingBuiltin(error, this.at);
  }
}

/** The error of one call too many. */
export function tooDeep(machine: Machine, at: number): unknown {
  const limit = String(machine.maximumDepth);
  return located(new StarlarkError('limit/depth', `call: more than ${limit} calls within calls`), at);
}

/** Refuses a function that is running already; `callers` holds the functions that run, outermost first. */
function forbidRecursion(callers: FunctionCode[], depth: number, code: FunctionCode, at: number): void {
  for (let i = 0; i < depth; i++) {
    if (callers[i] === code) {
      const error = new StarlarkError('script/runtime', `function ${code.name} called recursively`, {
        hint: 'loop over a list of what is left to do instead',
      }).as('RuntimeError');
      throw located(error, at);
    }
  }
  callers[depth] = code;
}
