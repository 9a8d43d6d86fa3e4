/** Our languages, as children load them, and scripts that are hostile to their process. */
import type { RuntimeSource } from '../../../runtimes/isolated/index.js';

/** A language. */
export interface Language {
  readonly source: RuntimeSource;
  /** Computes without end, and gives way as seldom as the language allows. */
  readonly blocks: string;
}

const from = (path: string): string => new URL(`../../../runtimes/${path}/index.ts`, import.meta.url).href;

/** By name. */
export const LANGUAGES = {
  starlark: {
    source: { module: from('starlark/plug'), export: 'createStarlarkRuntime' },
    blocks: 'while True: pass',
  },
  quickjs: { source: { module: from('quickjs') }, blocks: 'for (;;);' },
  monty: {
    source: { module: from('monty'), addons: true },
    blocks: 'import json\nx = "a"\nfor i in range(40):\n    x = [x, x]\nreturn len(json.dumps(x))',
  },
} satisfies Readonly<Record<string, Language>>;
