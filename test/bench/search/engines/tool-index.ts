/** Ours, as the gateway asks them. */
import type { ToolIndex } from '../../../../core/index.js';
import type { Engine, Servers } from './engine.js';

/** One index over all lists, as in a gateway, which knows the server of each tool by its name. */
export function engineOf(index: ToolIndex, servers: Servers): Engine {
  const { signal } = new AbortController();
  const known = new Map(Object.entries(servers));
  index.learn?.((tool) => {
    const backend = known.get(tool);
    return backend === undefined ? undefined : { backend, tool };
  });
  return {
    async index(tools) {
      await index.search(tools, { text: 'anything', limit: 1 }, signal);
      return async (text, limit) =>
        (await index.search(tools, { text, limit }, signal)).map(({ name }) => name);
    },
  };
}
