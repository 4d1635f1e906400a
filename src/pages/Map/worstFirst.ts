import type { MapNodeView } from '../../api/serviceMap.ts';
import { HEALTH_STATES } from '../../core/services/service.ts';

/** Of users nothing can hurt. */
const hurt = ({ kind, health }: MapNodeView): number => (kind === 'user' ? -1 : HEALTH_STATES.indexOf(health.state));

/** Nodes by how much they hurt, then by name. */
export const worstFirst = (nodes: readonly MapNodeView[]): MapNodeView[] =>
  nodes.toSorted((a, b) => hurt(b) - hurt(a) || a.name.localeCompare(b.name));
