import { createInterner } from '../interner.ts';
import type { MergedPaths } from '../mergePaths.ts';
import type { Flame } from './flame.ts';

/** Many traces as one flame: a node is a merged path, at the same place; times are sums over the traces. */
export function flameOfPaths({ paths }: Pick<MergedPaths, 'paths'>): Flame {
  const services = createInterner<string>();
  const names = createInterner<string>();
  return {
    size: paths.length,
    parent: Int32Array.from(paths, ({ parent }) => parent),
    subtreeEnd: Uint32Array.from(paths, ({ subtreeEnd }) => subtreeEnd),
    depth: Uint32Array.from(paths, ({ depth }) => depth),
    service: Uint32Array.from(paths, ({ service }) => services.index(service)),
    name: Uint32Array.from(paths, ({ operation }) => names.index(operation)),
    services: services.values,
    names: names.values,
    count: Uint32Array.from(paths, ({ count }) => count),
    errors: Uint32Array.from(paths, ({ errors }) => errors),
    totalNs: Float64Array.from(paths, ({ total }) => total.sumNs),
    selfNs: Float64Array.from(paths, ({ self }) => self.sumNs),
    criticalNs: Float64Array.from(paths, ({ critical }) => critical.sumNs),
  };
}
