/** An error of the host as one of the engine. */
import { ToolscriptError } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import { asStarlarkError } from '../schedule/index.js';

export function engineError(error: unknown): StarlarkError {
  if (error instanceof StarlarkError) return error;
  if (error instanceof RangeError) return asStarlarkError(error);
  if (!(error instanceof ToolscriptError))
    return new StarlarkError('internal', 'call a tool: the host failed');
  const { code, message, hint, tool } = error;
  return new StarlarkError(code, message, {
    ...(hint !== undefined && { hint }),
    ...(tool !== undefined && { tool }),
  });
}
