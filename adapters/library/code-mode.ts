/** Composes with the defaults of the package: Starlark, tools of this process. */
import { createCodeMode as compose, ToolscriptError, VERSION } from '../../core/index.js';
import type { CodeMode, CodeModeParts, Tool, ToolDispatcher } from '../../core/index.js';
import { createInProcessDispatcher } from '../../plugins/dispatchers/in-process/index.js';
import { withWordsIndex } from '../../plugins/indexes/words/index.js';
import { createStarlarkRuntime } from '../../runtimes/starlark/plug/index.js';

/** What to compose; everything has a default. */
export interface CodeModeOptions extends Partial<CodeModeParts> {
  /** Tools written in this process, in place of a dispatcher. */
  readonly tools?: readonly Tool[] | undefined;
}

/**
 * Composes code mode: by default Starlark in process, no tools, the default limits, no sinks. Tools are found
 * by words, and by the indexes given; one named `words` takes the place of ours. Rejects with
 * `config/invalid`. What is handed in is closed with it.
 */
export async function createCodeMode(options: CodeModeOptions = {}): Promise<CodeMode> {
  const { tools, dispatcher = dispatcherOf(tools), runtime = createStarlarkRuntime(), ...rest } = options;
  if (tools !== undefined && options.dispatcher !== undefined) throw bothGiven();
  const indexes = await withWordsIndex(rest.indexes ?? []);
  const codeMode = await compose({ ...rest, runtime, dispatcher, indexes });
  const about = { service: 'library', version: VERSION, codeMode: true, optimizer: false } as const;
  codeMode.tell({ name: 'service.started', ...about });
  return codeMode;
}

function dispatcherOf(tools: readonly Tool[] | undefined): ToolDispatcher | undefined {
  return tools === undefined ? undefined : createInProcessDispatcher(tools);
}

function bothGiven(): ToolscriptError {
  const message = 'compose: got tools and a dispatcher, want one of them';
  return new ToolscriptError({ code: 'config/invalid', message });
}
