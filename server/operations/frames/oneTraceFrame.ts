import { parseTraceDocuments } from '../../../src/core/traces/parse/parseTraces.ts';
import { EngineError, messageOf } from '../../errors.ts';
import { requireTempo } from '../traces/findTempo.ts';
import { readAnywhere, requireTraceId } from '../traces/getTrace.ts';
import type { FrameSource } from './frameSource.ts';
import { traceFrame } from './traceFrame.ts';

/** One trace, as Grafana's trace view and the traces panel draw it. */
export const oneTraceFrame: FrameSource<'trace'> = {
  isTable: true,
  async answer({ deps, namespace, refId, signal }, { traceId: given, limit }) {
    const tempo = requireTempo(deps, namespace, 'its traces');
    const traceId = requireTraceId(given);
    const read = await readAnywhere(tempo, { traceId, window: undefined, signal, unread: false });
    if (read === undefined) {
      throw new EngineError('invalid_input', `traceId: ${tempo.name} has no trace ${traceId}`);
    }
    try {
      const { traces } = parseTraceDocuments([read.document]);
      return traces.map((trace) => traceFrame(trace, { refId, limit }));
    } catch (error) {
      throw new EngineError('source_failed', `${tempo.name} gave a trace that cannot be read: ${messageOf(error)}`);
    }
  },
};
