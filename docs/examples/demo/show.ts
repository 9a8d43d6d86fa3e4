/** What the demo prints. */
import colour from 'picocolors';

/** One line of the ledger, as `_meta["toolscript/calls"]` brings it. */
export interface Call {
  readonly tool: string;
  readonly status: string;
  readonly startedMs: number;
  readonly queuedMs: number;
  readonly ranMs: number;
}

/** One way to do the job, measured. */
export interface Work {
  readonly name: string;
  /** Turns of the model: how often it would have to be asked what to do next. */
  turns: number;
  ms: number;
  /** Bytes of arguments and answers that pass through the model's context. */
  bytes: number;
}

const BAR = 48;

export function showScript(script: string): void {
  heading('The script');
  script
    .trimEnd()
    .split('\n')
    .forEach((line, index) => console.log(`${colour.dim(String(index + 1).padStart(3))}  ${line}`));
}

/** Each call as a bar: waiting for its turn is dotted, running is solid. */
export function showCalls(calls: readonly Call[]): void {
  heading(`Its ${calls.length} calls`);
  const end = Math.max(1, ...calls.map((call) => call.startedMs + call.queuedMs + call.ranMs));
  const width = Math.max(...calls.map((call) => call.tool.length));
  for (const call of calls) {
    const from = Math.round((call.startedMs / end) * BAR);
    const queued = Math.round((call.queuedMs / end) * BAR);
    const ran = Math.max(1, Math.round((call.ranMs / end) * BAR));
    const bar = ' '.repeat(from) + colour.dim('·'.repeat(queued)) + '█'.repeat(ran);
    const mark = call.status === 'succeeded' ? colour.green('✓') : colour.red('✗');
    console.log(`${mark} ${call.tool.padEnd(width)} ${call.ranMs.toFixed(0).padStart(5)} ms ${bar}`);
  }
}

export function showResult(text: string): void {
  heading('What came back to the model');
  console.log(text);
}

export function showComparison(script: Work, calls: Work): void {
  heading('The same work, side by side (measured in this run)');
  console.log('                             turns     time   bytes through the model');
  for (const work of [script, calls]) {
    const bytes = work.bytes.toLocaleString('en').padStart(9);
    console.log(
      `${work.name.padEnd(26)} ${String(work.turns).padStart(7)} ${work.ms.toFixed(0).padStart(6)} ms ${bytes}`,
    );
  }
}

function heading(text: string): void {
  console.log(`\n${colour.bold(text)}\n`);
}
