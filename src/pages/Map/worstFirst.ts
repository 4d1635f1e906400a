import type { MapNodeView } from '../../api/serviceMap.ts';
import { HEALTH_STATES } from '../../core/services/service.ts';

/** Nodes by how much they hurt, then by name. */
export const worstFirst = (nodes: readonly MapNodeView[]): MapNodeView[] =>
  nodes.toSorted(
    (a, b) =>
      HEALTH_STATES.indexOf(b.health.state) - HEALTH_STATES.indexOf(a.health.state) || a.name.localeCompare(b.name)
  );
