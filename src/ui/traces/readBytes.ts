import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import type { TraceFile } from './traceFileMessages.ts';

/** One text in a browser cannot be longer than 2^29 - 24 letters (V8). */
export const MAX_FILE_BYTES = 512_000_000;
const MEGABYTE = 1e6;

export interface ReadBytesOptions {
  /** Gets the share of the file that was read, from 0 to 1. */
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Bytes, of the file and of what is unpacked from it; by default `MAX_FILE_BYTES`. */
  readonly limit?: number;
}

/**
 * The bytes of a file, piece by piece; one that gzip made is unpacked, whatever its name.
 * @throws TraceInputError when it is too large, damaged or cannot be read; the signal's reason when that ends it
 */
export async function readBytes(file: TraceFile, options: ReadBytesOptions): Promise<Uint8Array> {
  if (ArrayBuffer.isView(file)) {
    return file;
  }
  const { limit = MAX_FILE_BYTES } = options;
  if (file.size > limit) {
    throw new TraceInputError(
      `The file has ${Math.ceil(file.size / MEGABYTE)} MB; up to ${limit / MEGABYTE} MB can be opened here. The command line reads up to 1 GiB: pharos trace analyze FILE.`
    );
  }
  const gzipped = await isGzip(file);
  try {
    return await readAll(file, gzipped, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof TraceInputError) {
      throw error;
    }
    const words = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
    throw new TraceInputError(
      gzipped
        ? `The file cannot be unpacked: it is gzip, and cut off or damaged${words}.`
        : `The file cannot be read${words}. If it was changed or moved, choose it again.`,
      { cause: error }
    );
  }
}

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

async function readAll(file: Blob, gzipped: boolean, { onShare, signal, limit = MAX_FILE_BYTES }: ReadBytesOptions) {
  let read = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      read += piece.length;
      onShare(read / file.size);
      controller.enqueue(piece);
    },
  });
  const source = file.stream().pipeThrough(counted, signal === undefined ? {} : { signal });
  const reader = (gzipped ? source.pipeThrough(new DecompressionStream('gzip')) : source).getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size > limit) {
      await reader.cancel();
      throw new TraceInputError(
        `The file unpacks to more than ${limit / MEGABYTE} MB, which is the most that can be opened here.`
      );
    }
  }
  return joined(pieces, size);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
