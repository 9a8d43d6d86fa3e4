/** `tools.content(answer)`: the images, audio and resources that came beside a tool's data. */
import type { ContentBlock, ToolReply } from '../../../core/index.js';
import { anything, builtin, required } from '../builtins/index.js';
import { List, fromJson } from '../values/index.js';
import type { Value } from '../values/index.js';

/** What came beside the answers of one run. An answer that is a plain number or text keeps nothing. */
export class ContentBeside {
  private readonly blocks = new WeakMap<object, readonly ContentBlock[]>();

  /** Answers a list of the blocks; an empty one for any other value. */
  readonly builtin = builtin('tools.content', [required('answer', anything)], ({ budget }, answer) => {
    const blocks = typeof answer === 'object' && answer !== null ? this.blocks.get(answer) : undefined;
    return blocks === undefined ? new List([]) : fromJson(budget, blocks);
  });

  /** Keeps what came beside a value; answers the value. */
  keep(value: Value, reply: ToolReply): Value {
    if ('json' in reply && reply.content !== undefined && typeof value === 'object' && value !== null) {
      this.blocks.set(value, reply.content);
    }
    return value;
  }
}
