/** Why something failed, as `error.type` says it. */
import type { EndCode } from '../../../core/index.js';
import { CONVENTION } from './names.js';

/** The attribute, where something failed: our code, or `tool_error` for an error that the tool itself answered. */
export function errorType(code: EndCode): { [CONVENTION.error]?: string } {
  if (code === 'ok') return {};
  return { [CONVENTION.error]: code === 'tool/failed' ? 'tool_error' : code };
}
