import type { OutputOf } from '../../api/operation.ts';
import type { getRoutes } from '../../api/routing.ts';
import { formatMatcher, type Matcher } from '../../core/matchers.ts';
import { compileRoutes, matchRoutes, type Route, type RouteMatch } from '../../core/routing/route.ts';
import type { Labels } from '../../core/labels.ts';
import { joinAnd } from '../../i18n/joinAnd.ts';
import { t } from '../../i18n/t.ts';

export type RouteTable = OutputOf<typeof getRoutes>;

export interface EditedRoute extends Route {
  /** Stays with the route while it is moved, so that its inputs keep their focus. */
  readonly key: number;
}

export interface RoutesDraft {
  readonly routes: readonly EditedRoute[];
  readonly nextKey: number;
}

export const draftOf = ({ items }: Pick<RouteTable, 'items'>): RoutesDraft => ({
  routes: items.map((route, key) => ({ ...route, key })),
  nextKey: items.length,
});

export type RoutesAction =
  | { readonly kind: 'add'; readonly receiver: string }
  | { readonly kind: 'change'; readonly key: number; readonly change: Partial<Route> }
  | { readonly kind: 'remove'; readonly key: number }
  /** By one place up (-1) or down (1). */
  | { readonly kind: 'move'; readonly key: number; readonly by: -1 | 1 }
  | { readonly kind: 'replace'; readonly draft: RoutesDraft };

export function routesReducer(draft: RoutesDraft, action: RoutesAction): RoutesDraft {
  const { routes, nextKey } = draft;
  switch (action.kind) {
    case 'add':
      return {
        routes: [...routes, { key: nextKey, matchers: [], receiver: action.receiver, continue: false }],
        nextKey: nextKey + 1,
      };
    case 'change':
      return {
        ...draft,
        routes: routes.map((route) => (route.key === action.key ? { ...route, ...action.change } : route)),
      };
    case 'remove':
      return { ...draft, routes: routes.filter(({ key }) => key !== action.key) };
    case 'move':
      return { ...draft, routes: moved(routes, action) };
    case 'replace':
      return action.draft;
  }
}

function moved(routes: readonly EditedRoute[], { key, by }: { key: number; by: -1 | 1 }): readonly EditedRoute[] {
  const from = routes.findIndex((route) => route.key === key);
  const route = routes[from];
  const to = from + by;
  if (route === undefined || to < 0 || to >= routes.length) {
    return routes;
  }
  return routes.toSpliced(from, 1).toSpliced(to, 0, route);
}

/** As they are sent. */
export const routesOf = ({ routes }: RoutesDraft): RouteTable['items'] =>
  routes.map(({ matchers, receiver, continue: goesOn }) => ({
    matchers: matchers.map((matcher) => ({ ...matcher })),
    receiver,
    continue: goesOn,
  }));

export const isSameRoutes = (draft: RoutesDraft, { items }: Pick<RouteTable, 'items'>): boolean =>
  JSON.stringify(routesOf(draft)) === JSON.stringify(routesOf(draftOf({ items })));

/** Routes after one that takes everything and goes no further: no alert ever comes to them. */
export function unreachableRoutes(routes: readonly Route[]): ReadonlySet<number> {
  const end = routes.findIndex(({ matchers, continue: goesOn }) => matchers.length === 0 && !goesOn);
  return new Set(end === -1 ? [] : routes.flatMap((_, index) => (index > end ? [index] : [])));
}

/** True when some alert may match no route, and so reach nobody. */
export const hasNoDefault = (routes: readonly Route[]): boolean => routes.every(({ matchers }) => matchers.length > 0);

/** Anchored as in the engine. Theirs is RE2: what only JavaScript knows (look-arounds, back-references) the engine refuses on saving. */
function compileRegex(pattern: string): (text: string) => boolean {
  const compiled = new RegExp(`^(?:${pattern})$`, 's');
  return (text) => compiled.test(text);
}

/** Where an alert would go by routes that are not saved yet. @throws SyntaxError on a bad regular expression */
export const matchDraft = ({ routes }: RoutesDraft, labels: Labels): RouteMatch =>
  matchRoutes(compileRoutes(routes, compileRegex), labels);

/** `severity="critical" and team="shop"`, or `every alert`. */
export const matchersWords = (matchers: readonly Matcher[]): string =>
  matchers.length === 0 ? t('settings.routes-editor.every-alert', 'every alert') : joinAnd(matchers.map(formatMatcher));
