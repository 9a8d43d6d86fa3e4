/** A dispatcher: lists tools, and sends calls to wherever they live. */
import { definePlugin, ToolscriptError } from 'toolscript/core';

const TOOLS = [
  {
    name: 'greet',
    description: 'Greets somebody.',
    inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  },
];

/** @implements {import('toolscript/core').ToolDispatcher} */
export class Dispatcher {
  /** The same array until something changed: much is kept by it. */
  listTools() {
    return TOOLS;
  }

  /** @param {import('toolscript/core').ToolCall} call */
  async callTool({ tool, args, signal }) {
    if (tool !== 'greet')
      throw new ToolscriptError({ code: 'tool/unknown', message: `call ${tool}: no such tool`, tool });
    signal.throwIfAborted();
    return { content: [{ type: 'text', text: `Hello, ${args.name}!` }] };
  }
}

export default definePlugin({ kind: 'dispatcher', name: 'my-dispatcher', create: () => new Dispatcher() });
