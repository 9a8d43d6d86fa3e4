/** Why a request is not answered. */
import { ERROR_CODES, ToolscriptError, type ErrorCode } from '../../../core/index.js';

/** Thrown anywhere below a route. */
export class RouteFault extends Error {
  constructor(
    /** Of HTTP. */
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** What went wrong, as the page may read it. */
export function faultOf(thrown: unknown): RouteFault {
  if (thrown instanceof RouteFault) return thrown;
  if (thrown instanceof ToolscriptError)
    return new RouteFault(statusOf(thrown.code), thrown.code, thrown.message);
  return new RouteFault(500, 'internal', ERROR_CODES.internal);
}

function statusOf(code: ErrorCode): number {
  if (code === 'limit/refused') return 429;
  return code.startsWith('backend/') ? 503 : 400;
}
