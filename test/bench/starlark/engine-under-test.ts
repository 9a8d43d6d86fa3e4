/** The two engines as processes that measure what they are asked to. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Measured, Task } from './measured.js';

/** A process that answers a line for each line, in order. */
export class EngineUnderTest {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: { settle: (answer: Measured) => void; fail: (error: Error) => void }[] = [];

  constructor(command: string, args: readonly string[]) {
    this.child = spawn(command, args);
    createInterface(this.child.stdout).on('line', (line) => {
      this.waiting.shift()?.settle(JSON.parse(line) as Measured);
    });
    this.child.stderr.pipe(process.stderr);
    this.child.on('close', () => {
      for (const { fail } of this.waiting.splice(0)) fail(new Error(`${command} ended before its answer`));
    });
  }

  /** Rejects if the program fails. */
  async measure(task: Task): Promise<Measured> {
    const measured = await new Promise<Measured>((settle, fail) => {
      this.waiting.push({ settle, fail });
      this.child.stdin.write(`${JSON.stringify({ ...task, options: EVERYTHING })}\n`);
    });
    const [fault] = measured.faults ?? [];
    if (fault !== undefined) throw new Error(`native, line ${fault.line}: ${fault.message}`);
    return measured;
  }

  close(): void {
    this.child.stdin.end();
  }
}

/** What starlark-go must be told to allow; ours has it in its open dialect. */
const EVERYTHING = { set: true, while: true, topLevelControl: true, globalReassign: true, recursion: true };
