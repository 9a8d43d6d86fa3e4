/** What clients are listed in place of all tools: the two that find and call, and those that are pinned. */
import { fitsPattern, type ToolDefinition } from '../../core/index.js';
import { CALL_TOOL, CALL_TOOL_NAME, findTool, FIND_TOOL_NAME } from './meta-tools.js';

/** The lists of one optimizer. */
export class ListedTools {
  readonly #pinned: readonly string[];
  /** What is listed where nothing is pinned. */
  readonly #meta: readonly ToolDefinition[];
  readonly #lists = new WeakMap<readonly ToolDefinition[], readonly ToolDefinition[]>();
  /** Lists that begin with the same pinned tool: what is listed alike is the same array. */
  readonly #alike = new WeakMap<ToolDefinition, (readonly ToolDefinition[])[]>();

  constructor(pinned: readonly string[], scripts: boolean) {
    this.#pinned = pinned;
    this.#meta = [findTool(scripts), CALL_TOOL];
  }

  /** The same array for the same tools; also for others, where nothing that is listed differs. */
  of(tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
    const known = this.#lists.get(tools);
    if (known !== undefined) return known;
    const listed = this.#shared(tools.filter((tool) => this.#isPinned(tool)));
    this.#lists.set(tools, listed);
    return listed;
  }

  /** A server's own tool of the name of one of ours is found and called, never listed. */
  #isPinned({ name }: ToolDefinition): boolean {
    if (name === FIND_TOOL_NAME || name === CALL_TOOL_NAME) return false;
    return this.#pinned.some((pattern) => fitsPattern(name, pattern));
  }

  #shared(pinned: readonly ToolDefinition[]): readonly ToolDefinition[] {
    const [first] = pinned;
    if (first === undefined) return this.#meta;
    const wanted = [...this.#meta, ...pinned];
    const lists = this.#alike.get(first) ?? [];
    const same = lists.find((list) => areSame(list, wanted));
    if (same !== undefined) return same;
    this.#alike.set(first, [...lists.slice(-MAX_ALIKE + 1), wanted]);
    return wanted;
  }
}

/** Lists kept that begin alike: callers may see different parts of what is pinned. */
const MAX_ALIKE = 20;

function areSame(one: readonly ToolDefinition[], other: readonly ToolDefinition[]): boolean {
  return one.length === other.length && one.every((tool, index) => tool === other[index]);
}
