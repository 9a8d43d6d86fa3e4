/**
 * Takes the types out of a TypeScript text: spaces stand in their place, so that every place stays where it is.
 */
import type { Position } from '../../../core/index.js';
import { loadTypescript } from '../packages.js';

/** The text without types; or what is wrong with it, where; or that nothing here reads TypeScript. */
export type Stripped =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string; readonly position: Position | undefined }
  | { readonly kind: 'missing' };

/** Strips. The package is loaded when it is first needed; it takes a while. */
export async function withoutTypes(source: string): Promise<Stripped> {
  const typescript = await loadTypescript();
  if (typescript === undefined) return { kind: 'missing' };
  try {
    const { code } = await typescript.transform(BEFORE + source + AFTER, {
      mode: 'strip-only',
      module: false,
    });
    return { kind: 'text', text: code.slice(BEFORE.length, -AFTER.length) };
  } catch (thrown) {
    return faultOf(thrown);
  }
}

/** Whether a text may mean something else as TypeScript though it can be read as JavaScript: `f<T>(x)`. */
export function mayHaveTypeArguments(source: string): boolean {
  return /[\w$]<[\w$][\w$\s,.|[\]{}:;'"<>]*>\(/.test(source);
}

/** Around the text, so that it may return and await at top level. */
const BEFORE = 'async () => {\n';
const AFTER = '\n}';

function faultOf(thrown: unknown): Stripped {
  const fault: Partial<Record<string, unknown>> =
    typeof thrown === 'object' && thrown !== null ? { ...thrown } : {};
  const { message, startLine, startColumn } = fault;
  const line = typeof startLine === 'number' ? startLine - 1 : 0;
  return {
    kind: 'fault',
    message: typeof message === 'string' ? message : 'cannot be read',
    position: line < 1 ? undefined : { line, column: typeof startColumn === 'number' ? startColumn + 1 : 1 },
  };
}
