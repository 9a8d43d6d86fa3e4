/** A resource that somebody follows, for as long as they may read it. */
import { ToolscriptError, type Caller, type CodeMode } from '../../core/index.js';

/** Who follows which resource. */
export interface Following {
  readonly uri: string;
  readonly caller: Caller;
  /** It was updated, and the caller may read it at this moment. */
  readonly tell: () => void;
  /** The caller may not read it any more: nothing is told after this. */
  readonly ended?: () => void;
}

/**
 * Follows a resource; the answer stops it. Rights may become fewer meanwhile, by a reload or by what a policy
 * decides by, so each update asks for them before it is told; the first that is refused ends it.
 */
export function followResource(codeMode: CodeMode, { uri, caller, tell, ended }: Following): () => void {
  let isFollowed = true;
  const stop = codeMode.subscribe(uri, () => void update());
  const end = (): void => {
    isFollowed = false;
    stop();
  };
  const update = async (): Promise<void> => {
    try {
      await codeMode.checkRead(uri, caller);
      if (isFollowed) tell();
    } catch (error) {
      if (!isFollowed || !isRefusal(error)) return;
      end();
      ended?.();
    }
  };
  return end;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ToolscriptError && REFUSALS.has(error.code);
}

const REFUSALS: ReadonlySet<string> = new Set(['context/denied', 'context/unknown']);
