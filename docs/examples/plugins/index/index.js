/** An index: finds tools by words that say what they are for. */
import { definePlugin } from 'toolscript/core';

/** @returns {import('toolscript/core').ToolIndex} */
export function createIndex() {
  return {
    name: 'my-index',
    search(tools, { text, limit }) {
      const words = text.toLowerCase().split(/\W+/).filter(Boolean);
      const isNamed = ({ name }) => words.some((word) => name.toLowerCase().includes(word));
      return tools.filter(isNamed).slice(0, limit);
    },
  };
}

export default definePlugin({ kind: 'index', name: 'my-index', create: createIndex });
