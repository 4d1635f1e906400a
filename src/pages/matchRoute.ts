const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The first route that a path fits, or undefined. A trailing slash does not matter. */
export function matchRoute<R extends { readonly path: string }>(
  routes: readonly R[],
  path: string
): { readonly route: R; readonly params: Readonly<Record<string, string>> } | undefined {
  const segments = segmentsOf(path);
  for (const route of routes) {
    const pattern = segmentsOf(route.path);
    const fits =
      pattern.length === segments.length && pattern.every((part, i) => part.startsWith(':') || part === segments[i]);
    if (fits) {
      const params = pattern.flatMap((part, i) =>
        part.startsWith(':') ? [[part.slice(1), decoded(segments[i] ?? '')]] : []
      );
      return { route, params: Object.fromEntries(params) };
    }
  }
  return undefined;
}
