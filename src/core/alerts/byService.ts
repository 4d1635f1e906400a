/** Alerts of one service together, the services in the order of their most urgent alert. */
export function byService<T extends { readonly service: string }>(alerts: readonly T[]): readonly T[] {
  const first = new Map<string, number>();
  alerts.forEach(({ service }, index) => first.set(service, first.get(service) ?? index));
  return alerts.toSorted((a, b) => (first.get(a.service) ?? 0) - (first.get(b.service) ?? 0));
}
