import type { DataFrame } from '@grafana/data';
import type { Trace } from '../../core/traces/trace.ts';
import type { ShownEdge, ShownNode } from '../../ui/serviceMap/shownMap.ts';
import type { TraceView } from './options.ts';
import { isMapFrames, readMap } from './readMap.ts';
import { isOperationsFrame, operationsOfTrace, readOperations, type OperationShare } from './readOperations.ts';
import { isTraceList, readTraceList, type ListedTrace } from './readTraceList.ts';
import { isTraceFrame, traceFromFrame } from './traceFromFrame.ts';

/** What the panel draws. */
export type TracePanelReading =
  | { readonly kind: 'search'; readonly traces: readonly ListedTrace[] }
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'path'; readonly operations: readonly OperationShare[] }
  | { readonly kind: 'map'; readonly nodes: readonly ShownNode[]; readonly edges: readonly ShownEdge[] }
  /** There is no data, or none that the chosen view can draw. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unfit' };

type Drawn = Exclude<TraceView, 'auto'>;
type Reader = (frames: readonly DataFrame[]) => TracePanelReading | undefined;

const READERS: Readonly<Record<Drawn, Reader>> = {
  trace: (frames) => {
    const frame = frames.find(isTraceFrame);
    return frame && { kind: 'trace', trace: traceFromFrame(frame) };
  },
  path: (frames) => {
    const operations = frames.find(isOperationsFrame);
    const trace = frames.find(isTraceFrame);
    if (operations !== undefined) {
      return { kind: 'path', operations: readOperations(operations) };
    }
    return trace && { kind: 'path', operations: operationsOfTrace(traceFromFrame(trace)) };
  },
  map: (frames) => (isMapFrames(frames) ? { kind: 'map', ...readMap(frames) } : undefined),
  search: (frames) => (frames.some(isTraceList) ? { kind: 'search', traces: readTraceList(frames) } : undefined),
};

/** In the order in which data is tried when the view is left to it. */
const ORDER: readonly Drawn[] = ['trace', 'path', 'map', 'search'];

export function readTracePanel(frames: readonly DataFrame[], view: TraceView): TracePanelReading {
  const tried = view === 'auto' ? ORDER : [view];
  const [reading] = tried.flatMap((one) => READERS[one](frames) ?? []);
  if (reading !== undefined) {
    return reading;
  }
  return { kind: frames.every(({ length }) => length === 0) ? 'nothing' : 'unfit' };
}
