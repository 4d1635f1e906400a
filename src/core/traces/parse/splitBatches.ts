import type { DecodeText } from './byteTexts.ts';

export interface OtlpPiece {
  /** The JSON of one batch. */
  readonly text: string;
  /** How many bytes there are up to its end. */
  readonly end: number;
}

/** Of OTLP JSON that was too large to be read at once. */
export interface OtlpPieces {
  /** Under which name its batches stand. */
  readonly name: 'resourceSpans' | 'batches';
  readonly batches: Iterable<OtlpPiece>;
  /** The whole without its batches, as JSON; known when all batches were read, undefined where their list does not end. */
  rest(): string | undefined;
}

/** On its own, as Tempo wraps it, as the engine answers with either. */
const START =
  /^\uFEFF?\s*\{\s*("traceId"\s*:\s*"\w*"\s*,\s*"document"\s*:\s*\{\s*)?("trace"\s*:\s*\{\s*)?"(?<name>resourceSpans|batches)"\s*:\s*\[/;
/** Enough for the name of the batches, and what may stand before it. */
const START_BYTES = 300;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
const LARGEST_SPACE = 0x20;

/**
 * Cuts OTLP JSON into its batches without reading it: what is read of one can go before the next, so that a file of a million spans
 * takes a third of the memory and half of the time. Undefined where the bytes do not begin as such; whether they are JSON at all is
 * seen by who reads the pieces.
 */
export function splitBatches(bytes: Uint8Array, decode: DecodeText): OtlpPieces | undefined {
  const start = decode(bytes.subarray(0, START_BYTES));
  const found = START.exec(start);
  if (found === null) {
    return undefined;
  }
  const name = found.groups?.['name'] === 'batches' ? 'batches' : 'resourceSpans';
  const from = bytes.indexOf(BRACKET) + 1;
  const cursor = { at: from, done: false };
  return {
    name,
    batches: batchesIn(bytes, cursor, decode),
    rest: () =>
      cursor.done
        ? decode(bytes.subarray(bytes.indexOf(BRACE), from)) + decode(bytes.subarray(cursor.at - 1))
        : undefined,
  };
}

interface Cursor {
  at: number;
  /** The end of the list was seen. */
  done: boolean;
}

function* batchesIn(bytes: Uint8Array, cursor: Cursor, decode: DecodeText): Generator<OtlpPiece> {
  for (let first = true; cursor.at < bytes.length; first = false) {
    cursor.at = afterSpace(bytes, cursor.at);
    const next = bytes[cursor.at];
    if (next === BRACKET_END) {
      cursor.at += 1;
      cursor.done = true;
      return;
    }
    if (!first && next !== COMMA) {
      return;
    }
    const from = afterSpace(bytes, first ? cursor.at : cursor.at + 1);
    const end = bytes[from] === BRACE ? afterValue(bytes, from) : undefined;
    if (end === undefined) {
      return;
    }
    yield { text: decode(bytes.subarray(from, end)), end };
    cursor.at = end;
  }
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= LARGEST_SPACE) {
    at += 1;
  }
  return at;
}

/** Where an object ends that begins here, or undefined where it does not end. */
function afterValue(bytes: Uint8Array, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
    } else if (byte === BRACE || byte === BRACKET) {
      depth += 1;
    } else if (byte === BRACE_END || byte === BRACKET_END) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}
