/** Where the page is, as the part of its address after `#`, so that each place can be linked. */

/** A place of the page. */
export type Route =
  | { readonly place: 'runs' }
  | { readonly place: 'run'; readonly id: string }
  | { readonly place: 'playground' }
  | { readonly place: 'tools'; readonly search: string }
  | { readonly place: 'servers' }
  | { readonly place: 'usage' };

/** The place that an address names; what is unknown is the list of runs. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [place = '', id = ''] = path.split('/');
  switch (place) {
    case 'runs':
      return id === '' ? { place: 'runs' } : { place: 'run', id: decoded(id) };
    case 'playground':
    case 'servers':
    case 'usage':
      return { place };
    case 'tools':
      return { place, search: new URLSearchParams(query).get('search') ?? '' };
    default:
      return { place: 'runs' };
  }
}

/** The address of a place: what {@link routeOf} reads. */
export function hashOf(route: Route): string {
  switch (route.place) {
    case 'run':
      return `#/runs/${encodeURIComponent(route.id)}`;
    case 'tools':
      return route.search === ''
        ? '#/tools'
        : `#/tools?${new URLSearchParams({ search: route.search }).toString()}`;
    default:
      return `#/${route.place}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
