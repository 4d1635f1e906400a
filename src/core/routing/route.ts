import type { Labels } from '../labels.ts';
import { compileMatchers, type CompileRegex, type Matcher } from '../matchers.ts';

/** An ordered routing rule. The first that matches wins, unless it says `continue`. */
export interface Route {
  readonly matchers: readonly Matcher[];
  readonly receiver: string;
  readonly continue: boolean;
}

export interface CompiledRoute extends Route {
  readonly matches: (labels: Labels) => boolean;
}

export const compileRoutes = (routes: readonly Route[], compileRegex: CompileRegex): readonly CompiledRoute[] =>
  routes.map((route) => ({ ...route, matches: compileMatchers(route.matchers, compileRegex) }));

export interface RouteMatch {
  /** Receivers in route order, each once. */
  readonly receivers: readonly string[];
  /** Indexes of the routes that matched, for "where would this go". */
  readonly routes: readonly number[];
}

/** Receivers for a label set. No route matching means nobody is told, which the Overview counts as a gap. */
export function matchRoutes(routes: readonly CompiledRoute[], labels: Labels): RouteMatch {
  const matched: number[] = [];
  for (const [index, route] of routes.entries()) {
    if (route.matches(labels)) {
      matched.push(index);
      if (!route.continue) {
        break;
      }
    }
  }
  const receivers = matched.map((index) => routes[index]?.receiver ?? '');
  return { receivers: [...new Set(receivers)], routes: matched };
}
