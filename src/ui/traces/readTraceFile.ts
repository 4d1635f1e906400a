import { parseTraceSteps } from '../../core/traces/parse/parseTraceBytes.ts';
import type { ParsedTraces } from '../../core/traces/parse/parseTraces.ts';
import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import { startWorker } from '../startWorker.ts';
import { withResolvers } from '../withResolvers.ts';
import { readBytes } from './readBytes.ts';
import type { FromTraceFileWorker, ReadProgress, TraceFile } from './traceFileMessages.ts';

/** The code of `traceFileWorker.ts` as one script, which both bundlers put in; there is none where no bundler was. */
declare const TRACE_FILE_WORKER: string | undefined;

/** What is needed of a `Worker`. */
export type TraceFileWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export interface ReadTraceFileOptions {
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends it, and the worker; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** For tests; undefined where no worker can be had. */
  readonly startWorker?: () => TraceFileWorker | undefined;
}

/**
 * Traces out of a file that was dropped or chosen: JSON of any known format or protobuf, gzipped or not. Or out of the bytes of an answer,
 * which are handed over and cannot be used after. Reads and parses in a worker, so that the page stays alive; where none can be had (an
 * old browser, a strict content security policy), here.
 * @throws TraceInputError which says what is wrong with the file
 */
export async function readTraceFile(file: TraceFile, options: ReadTraceFileOptions = {}): Promise<ParsedTraces> {
  options.signal?.throwIfAborted();
  const worker = (options.startWorker ?? startOwnWorker)();
  const parsed = worker === undefined ? undefined : await askWorker(worker, file, options);
  return parsed ?? readHere(file, options);
}

const startOwnWorker = (): TraceFileWorker | undefined =>
  startWorker(typeof TRACE_FILE_WORKER === 'undefined' ? undefined : TRACE_FILE_WORKER);

/** Undefined when the worker did not start. */
function askWorker(
  worker: TraceFileWorker,
  file: TraceFile,
  { onProgress, signal }: ReadTraceFileOptions
): Promise<ParsedTraces | undefined> {
  const { promise, resolve, reject } = withResolvers<ParsedTraces | undefined>();
  let started = false;
  const cancel = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', cancel);
  worker.onmessage = ({ data }: MessageEvent<FromTraceFileWorker>) => {
    switch (data.kind) {
      case 'ready':
        started = true;
        worker.postMessage(file, ArrayBuffer.isView(file) ? [file.buffer] : []);
        break;
      case 'progress':
        onProgress?.(data.progress);
        break;
      case 'done':
        resolve(data.parsed);
        break;
      case 'refused':
        reject(new TraceInputError(data.message));
        break;
      default:
        reject(new Error(data.message));
    }
  };
  worker.onerror = ({ message }) => {
    if (started) {
      reject(new Error(`Reading the file ended unexpectedly${message === '' ? '' : `: ${message}`}.`));
    } else {
      resolve(undefined);
    }
  };
  return promise.finally(() => {
    signal?.removeEventListener('abort', cancel);
    worker.terminate();
  });
}

async function readHere(file: TraceFile, { onProgress, signal }: ReadTraceFileOptions): Promise<ParsedTraces> {
  const bytes = await readBytes(file, {
    onShare: (share) => onProgress?.({ stage: 'reading', share }),
    ...(signal === undefined ? {} : { signal }),
  });
  const decoder = new TextDecoder();
  const steps = parseTraceSteps(bytes, (piece) => decoder.decode(piece));
  let share = 0;
  for (;;) {
    onProgress?.({ stage: 'parsing', share });
    await letOthersWork();
    signal?.throwIfAborted();
    const until = performance.now() + BUSY_MS;
    do {
      const step = steps.next();
      if (step.done === true) {
        return step.value;
      }
      share = step.value;
    } while (performance.now() < until);
  }
}

/** As long as nobody notices that the page does nothing else. */
const BUSY_MS = 40;

/** What was said last is painted, and who has left is heard. */
const letOthersWork = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
