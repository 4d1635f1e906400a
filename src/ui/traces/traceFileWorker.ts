import { parseTraceSteps } from '../../core/traces/parse/parseTraceBytes.ts';
import type { ParsedTraces } from '../../core/traces/parse/parseTraces.ts';
import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import { readBytes } from './readBytes.ts';
import type { FromTraceFileWorker, TraceFile } from './traceFileMessages.ts';

/** Runs in a worker; bundlers make one script of it (`bundleWorkers` in src/console/build.ts). */
const say = (message: FromTraceFileWorker, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

self.onmessage = ({ data }: MessageEvent<TraceFile>) => {
  answer(data).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: error instanceof TraceInputError ? 'refused' : 'failed', message });
  });
};

// Not before: what is handed over to a worker that never starts is lost.
say({ kind: 'ready' });

async function answer(file: TraceFile): Promise<void> {
  say({ kind: 'progress', progress: { stage: 'reading', share: 0 } });
  const bytes = await readBytes(file, {
    onShare: (share) => say({ kind: 'progress', progress: { stage: 'reading', share } }),
  });
  const decoder = new TextDecoder();
  const steps = parseTraceSteps(bytes, (piece) => decoder.decode(piece));
  say({ kind: 'progress', progress: { stage: 'parsing', share: 0 } });
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    say({ kind: 'progress', progress: { stage: 'parsing', share: step.value } });
  }
  const parsed = step.value;
  say({ kind: 'done', parsed }, buffersOf(parsed));
}

/** Columns are handed over instead of copied. */
const buffersOf = ({ traces }: ParsedTraces): ArrayBufferLike[] => [
  ...new Set(
    traces.flatMap((trace) =>
      Object.values(trace)
        .filter(isColumn)
        .map(({ buffer }) => buffer)
    )
  ),
];

const isColumn = (value: unknown): value is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(value);
