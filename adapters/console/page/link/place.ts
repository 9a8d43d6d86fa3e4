/** The route of the page, followed as its address changes. */
import { useEffect, useState } from 'preact/hooks';
import { hashOf, routeOf, type Route } from '../route.js';

/** Where the page is. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Changes the address without a step in the history: for a search as it is typed. */
export function replaceRoute(route: Route): void {
  history.replaceState(null, '', hashOf(route));
}
