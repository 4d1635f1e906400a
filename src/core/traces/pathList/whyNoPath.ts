import { cell } from '../column.ts';
import type { CriticalPath } from '../criticalPath.ts';
import type { Trace } from '../trace.ts';

/** Why a path has no section, to follow "The critical path was not computed, because"; null where it has. */
export function whyNoPath(trace: Trace, { root, sections }: CriticalPath): string | null {
  if (sections.length > 0) {
    return null;
  }
  if (trace.size === 0 || root === -1) {
    return 'the trace has no span';
  }
  return cell(trace.endNs, root) > cell(trace.startNs, root)
    ? 'its root could not be followed'
    : `its root, ${trace.names[cell(trace.name, root)] ?? 'a span without a name'}, took no time`;
}
