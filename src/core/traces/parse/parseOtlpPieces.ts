import type { DecodeText } from './byteTexts.ts';
import { afterSpace } from './jsonRanges.ts';
import { parseOtlpJson } from './parseOtlpJson.ts';
import { besideIn, finishParsing, otlpIn, type ParsedTraces } from './parseTraces.ts';
import { splitBatch } from './splitBatch.ts';
import { splitBatches, type OtlpPieces } from './splitBatches.ts';
import { createTraceCollector, type TraceCollector } from './traceCollector.ts';
import { TraceInputError } from './traceInputError.ts';

/** Below it costs nothing to read all at once. */
const LARGE_BYTES = 1_000_000;

/**
 * Large OTLP JSON, one document or one a line, piece by piece; yields the share of the bytes that was read.
 * @returns why it was not read where it is small, something else, or no JSON: who reads it whole can say better, if it may be one text
 * @throws TraceInputError where nothing came of it
 */
export function* parseOtlpPieces(
  bytes: Uint8Array,
  decode: DecodeText
): Generator<number, ParsedTraces | TraceInputError> {
  if (bytes.length < LARGE_BYTES) {
    return new TraceInputError('it is small.');
  }
  const into = createTraceCollector();
  let rest: unknown;
  let documents = 0;
  for (let at = 0; at < bytes.length; documents += 1) {
    const pieces = splitBatches(bytes, decode, at);
    if (pieces === undefined) {
      return new TraceInputError(
        documents === 0 ? 'it does not begin so.' : `document ${documents + 1}, at byte ${at}, does not begin so.`
      );
    }
    const read = yield* readDocument(pieces, { bytes, decode, into });
    if (typeof read === 'string') {
      return new TraceInputError(`${documents === 0 ? 'it' : `document ${documents + 1}`} ${read}`);
    }
    rest = read.rest;
    at = afterSpace(bytes, read.end);
  }
  return { ...finishParsing('otlp', into), ...(documents === 1 ? besideIn(rest) : {}) };
}

interface Reading {
  readonly bytes: Uint8Array;
  readonly decode: DecodeText;
  readonly into: TraceCollector;
}

/** @returns what stands beside the batches, or what is wrong */
function* readDocument(
  pieces: OtlpPieces,
  { bytes, decode, into }: Reading
): Generator<number, { readonly rest: unknown; readonly end: number } | string> {
  let batches = 0;
  let reached = 0;
  let why = '';
  try {
    for (const batch of pieces.batches) {
      for (const { text, end, ...earlier } of splitBatch(bytes, batch, { decode })) {
        parseOtlpJson({ [pieces.name]: [JSON.parse(text)] }, into, { batches, ...earlier });
        reached = end;
        yield end / bytes.length;
      }
      batches += 1;
    }
    const last = pieces.rest();
    if (last !== undefined) {
      const rest: unknown = JSON.parse(last.text);
      parseOtlpJson(otlpIn(rest) ?? {}, into);
      return { rest, end: last.end };
    }
  } catch (error) {
    if (error instanceof TraceInputError) {
      throw error;
    }
    why = ` (${error instanceof Error ? error.message : String(error)})`;
  }
  return `cannot be read on after byte ${reached}${why}.`;
}
