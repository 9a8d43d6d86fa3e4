/** MiniSearch with its default settings over names and descriptions. */
import MiniSearch from 'minisearch';

import type { Engine } from './engine.js';

/** Indexes anew each time. */
export function createMiniSearch(): Engine {
  return {
    index(tools) {
      const index = new MiniSearch({ idField: 'name', fields: ['name', 'description'] });
      index.addAll(tools);
      return (query, limit) =>
        index
          .search(query)
          .slice(0, limit)
          .map(({ id }) => String(id));
    },
  };
}
