/** The language page for models, as the code has it. */
import { fileURLToPath } from 'node:url';
import type { ScriptRuntime } from '../../core/index.js';
import { languageGuide, SCRIPT_ADVICE } from '../../core/script-guide.js';
import { createMontyRuntime } from '../../runtimes/monty/index.js';
import { createQuickjsRuntime } from '../../runtimes/quickjs/index.js';
import { createStarlarkRuntime } from '../../runtimes/starlark/plug/index.js';

/** Where it lies. */
export const FOR_MODELS = fileURLToPath(new URL('../../docs/for-models.md', import.meta.url));

/** The runtimes of the package. */
export async function allRuntimes(): Promise<ScriptRuntime[]> {
  return [createStarlarkRuntime(), await createQuickjsRuntime(), await createMontyRuntime()];
}

/** Its text. */
export async function languagePage(): Promise<string> {
  return `${[HEAD, SCRIPT_ADVICE, ...(await allRuntimes()).map(languageGuide)].join('\n\n')}\n`;
}

const HEAD = `# For models that write scripts

What a model must know to write scripts for \`execute_tool_script\` well. The tool's description says the same of the language that is spoken where you are, and shows the tools; a gateway also [hands this out](how-to/guide-models.md). This page is written from the code.

## How to work`;
