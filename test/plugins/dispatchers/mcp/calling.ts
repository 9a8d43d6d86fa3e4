/** Short ways to use a dispatcher in tests. */
import {
  ANONYMOUS,
  ToolscriptError,
  type JsonObject,
  type ToolCall,
  type ToolDispatcher,
  type ToolResult,
} from '../../../../core/index.js';

/** Calls a tool for nobody in particular. */
export function call(
  dispatcher: ToolDispatcher,
  tool: string,
  args: JsonObject = {},
  rest: Partial<ToolCall> = {},
): Promise<ToolResult> {
  return dispatcher.callTool({
    tool,
    args,
    caller: ANONYMOUS,
    signal: new AbortController().signal,
    ...rest,
  });
}

/** The error of a call that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<ToolscriptError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ToolscriptError) return error;
    throw error;
  }
  throw new Error('the call did not fail');
}

/** The text of a result's first block. */
export function textOf({ content }: ToolResult): string {
  const text = content[0]?.['text'];
  return typeof text === 'string' ? text : '';
}

/** The names that a dispatcher lists. */
export async function namesOf(dispatcher: ToolDispatcher): Promise<string[]> {
  return (await dispatcher.listTools(ANONYMOUS)).map(({ name }) => name);
}

/** Resolves as soon as `holds` does, looked at after each change. */
export function changedUntil(
  dispatcher: ToolDispatcher,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      if (!(await holds())) return;
      stop();
      resolve();
    };
    const stop = dispatcher.onChange?.(() => void look()) ?? ((): void => undefined);
    void look();
  });
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves once a process that was killed is gone, which takes the system a moment. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}
