/** Ours, as the gateway asks them. */
import type { ToolIndex } from '../../../../core/index.js';
import type { Engine } from './engine.js';

/** One index over all lists, as in a gateway. */
export function engineOf(index: ToolIndex): Engine {
  const { signal } = new AbortController();
  return {
    async index(tools) {
      await index.search(tools, { text: 'anything', limit: 1 }, signal);
      return async (text, limit) =>
        (await index.search(tools, { text, limit }, signal)).map(({ name }) => name);
    },
  };
}
