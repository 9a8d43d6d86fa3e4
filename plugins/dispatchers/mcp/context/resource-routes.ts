/** Where each resource of many servers lives. */
import type { JsonObject } from '../../../../core/index.js';
import type { Backend } from '../backend/backend.js';
import { ResourceTemplate } from './resource-template.js';

/** More templates than this are not held against a URI. */
const MAX_TEMPLATES = 1_000;
const MAX_SHOWN = 80;

/** The resources and templates of some servers, in the order of the servers' names. */
export class ResourceRoutes {
  readonly resources: readonly JsonObject[];
  readonly templates: readonly JsonObject[];
  /** What several servers list: the first one has it. */
  readonly problems: readonly { readonly server: string; readonly text: string }[];
  readonly #byUri: ReadonlyMap<string, Backend>;
  readonly #byTemplate: ReadonlyMap<string, Backend>;
  readonly #offering: readonly Backend[];
  #matchers: readonly (readonly [ResourceTemplate, Backend])[] | undefined;

  /** The servers come in the order of their names. */
  constructor(backends: readonly Backend[]) {
    const resources = merge(backends, 'uri', 'resource', ({ context }) => context.resources);
    const templates = merge(
      backends,
      'uriTemplate',
      'resource template',
      ({ context }) => context.resourceTemplates,
    );
    this.resources = resources.items;
    this.templates = templates.items;
    this.problems = [...resources.problems, ...templates.problems];
    this.#byUri = resources.places;
    this.#byTemplate = templates.places;
    this.#offering = backends.filter(({ context }) => context.offers('resources'));
  }

  /** The server that lists the URI, else one with a template for it, else the only one that has resources at all. */
  route(uri: string): Backend | undefined {
    return this.#byUri.get(uri) ?? this.#matching(uri) ?? this.#only();
  }

  /** The server that lists the template; a URI is good too. */
  routeTemplate(template: string): Backend | undefined {
    return this.#byTemplate.get(template) ?? this.route(template);
  }

  #matching(uri: string): Backend | undefined {
    this.#matchers ??= [...this.#byTemplate]
      .slice(0, MAX_TEMPLATES)
      .map(([template, backend]) => [new ResourceTemplate(template), backend] as const);
    return this.#matchers.find(([template]) => template.matches(uri))?.[1];
  }

  #only(): Backend | undefined {
    return this.#offering.length === 1 ? this.#offering[0] : undefined;
  }
}

interface Merged {
  readonly items: readonly JsonObject[];
  readonly places: ReadonlyMap<string, Backend>;
  readonly problems: readonly { readonly server: string; readonly text: string }[];
}

function merge(
  backends: readonly Backend[],
  key: 'uri' | 'uriTemplate',
  noun: string,
  of: (backend: Backend) => readonly JsonObject[],
): Merged {
  const items: JsonObject[] = [];
  const places = new Map<string, Backend>();
  const problems: { server: string; text: string }[] = [];
  for (const backend of backends) {
    for (const item of of(backend)) {
      const id = item[key];
      if (typeof id !== 'string') continue;
      const first = places.get(id);
      if (first === undefined) {
        places.set(id, backend);
        items.push(item);
      } else {
        const label = `${noun} ${JSON.stringify(id.slice(0, MAX_SHOWN))}`;
        problems.push({
          server: backend.name,
          text: `${label} is left out: server "${first.name}" has it already`,
        });
      }
    }
  }
  return { items, places, problems };
}
