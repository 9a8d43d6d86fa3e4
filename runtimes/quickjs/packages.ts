/** Loads the packages that this runtime is made of: optional peers, told by name when they are not there. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type * as core from 'quickjs-emscripten-core';
import type * as typescript from '@swc/wasm-typescript';

import { ToolscriptError } from '../../core/index.js';

const QUICKJS = 'quickjs-emscripten-core';
const VARIANT = '@jitl/quickjs-wasmfile-release-sync';
const TYPESCRIPT = '@swc/wasm-typescript';

/** QuickJS: what drives it, how its module is started, and the module's bytes. */
export interface QuickjsPackages {
  readonly core: typeof core;
  readonly variant: core.QuickJSSyncVariant;
  readonly wasm: Uint8Array;
}

/** Rejects with `config/invalid` when a package is not there. */
export async function loadQuickjs(): Promise<QuickjsPackages> {
  try {
    const [core, variant] = await Promise.all([
      import('quickjs-emscripten-core'),
      import('@jitl/quickjs-wasmfile-release-sync'),
    ]);
    const wasm = await readFile(createRequire(import.meta.url).resolve(`${VARIANT}/wasm`));
    return { core, variant: variantIn(variant), wasm };
  } catch (cause) {
    const message = `load QuickJS: ${QUICKJS} and ${VARIANT} are not there, wanted them installed beside toolscript`;
    const hint = `npm install ${QUICKJS} ${VARIANT}`;
    throw new ToolscriptError({ code: 'config/invalid', message, hint }, { cause });
  }
}

/** The default export: the types say where CommonJS has it, a module has it one step nearer. */
function variantIn({
  default: variant,
}: {
  readonly default: core.QuickJSSyncVariant | { readonly default: core.QuickJSSyncVariant };
}): core.QuickJSSyncVariant {
  return 'default' in variant ? variant.default : variant;
}

/** What takes the types out of TypeScript; undefined when the package is not there. */
export async function loadTypescript(): Promise<typeof typescript | undefined> {
  try {
    return await import('@swc/wasm-typescript');
  } catch {
    return undefined;
  }
}

/** What to do where types cannot be taken out. */
export const TYPESCRIPT_HINT = `write plain JavaScript; whoever operates this server may npm install ${TYPESCRIPT} for TypeScript`;
