import type { DecodeText } from './byteTexts.ts';
import { afterOpen, BRACE, BRACKET, itemsFrom } from './jsonRanges.ts';
import type { ByteRange } from './protobuf.ts';

/** Of OTLP JSON that was too large to be read at once. */
export interface OtlpPieces {
  /** Under which name its batches stand. */
  readonly name: 'resourceSpans' | 'batches';
  /** Where each batch stands. */
  readonly batches: Iterable<ByteRange>;
  /** The document without its batches, and where it ends; known when all were read, undefined where their list does not end. */
  rest(): { readonly text: string; readonly end: number } | undefined;
}

/** On its own, as Tempo wraps it, as the engine answers with either. */
const START =
  /^\uFEFF?\s*\{\s*("traceId"\s*:\s*"\w*"\s*,\s*"document"\s*:\s*\{\s*)?("trace"\s*:\s*\{\s*)?"(?<name>resourceSpans|batches)"\s*:\s*\[/;
/** Enough for the name of the batches, and what may stand before it. */
const START_BYTES = 300;

/**
 * Cuts a document of OTLP JSON into its batches without reading it: what is read of one can go before the next, so that a file of a
 * million spans takes a third of the memory and half of the time. Undefined where the bytes do not begin as such; whether they are JSON at
 * all is seen by who reads the pieces.
 * @param begin where the document begins
 */
export function splitBatches(bytes: Uint8Array, decode: DecodeText, begin = 0): OtlpPieces | undefined {
  const start = decode(bytes.subarray(begin, begin + START_BYTES));
  const found = START.exec(start);
  if (found === null) {
    return undefined;
  }
  const brace = bytes.indexOf(BRACE, begin);
  const from = bytes.indexOf(BRACKET, brace) + 1;
  const open = bytes.subarray(brace, from).filter((byte) => byte === BRACE).length;
  let listEnd: number | undefined;
  return {
    name: found.groups?.['name'] === 'batches' ? 'batches' : 'resourceSpans',
    batches: batches(bytes, from, (end) => (listEnd = end)),
    rest() {
      const end = listEnd === undefined ? undefined : afterOpen(bytes, listEnd, open);
      return listEnd === undefined || end === undefined
        ? undefined
        : { text: decode(bytes.subarray(brace, from)) + decode(bytes.subarray(listEnd - 1, end)), end };
    },
  };
}

function* batches(bytes: Uint8Array, from: number, ended: (end: number | undefined) => void): Generator<ByteRange> {
  const items = itemsFrom(bytes, from);
  for (let next = items.next(); ; next = items.next()) {
    if (next.done === true) {
      ended(next.value);
      return;
    }
    if (bytes[next.value.from] !== BRACE) {
      return;
    }
    yield next.value;
  }
}
