import type { DecodeText } from './byteTexts.ts';
import { quoted } from './fields.ts';
import { parseOtlpPieces } from './parseOtlpPieces.ts';
import { EXPECTED_TRACES, finishParsing, parseTraceJson, type ParsedTraces } from './parseTraces.ts';
import { parseTempoProtobuf } from './parseTempoProtobuf.ts';
import { ProtobufError } from './protobuf.ts';
import { createTraceCollector } from './traceCollector.ts';
import { TraceInputError } from './traceInputError.ts';

/** How files begin that hold no trace as they are, and what to do about it. */
const FOREIGN: ReadonlyArray<{ readonly begins: readonly number[]; readonly why: string }> = [
  { begins: [0x1f, 0x8b], why: 'is compressed with gzip: unpack it first' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], why: 'is compressed with zstd: unpack it first' },
  { begins: [0x50, 0x4b, 0x03, 0x04], why: 'is a zip archive: unpack it first' },
  { begins: [0xff, 0xfe], why: 'is text in UTF-16: save it as UTF-8 first' },
  { begins: [0xfe, 0xff], why: 'is text in UTF-16: save it as UTF-8 first' },
];

const [TAB, LINE_FEED, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [BRACE, BRACKET, LESS_THAN, SMALLEST_PRINTED, DELETE] = [0x7b, 0x5b, 0x3c, 0x20, 0x7f];
/** One text of V8 has at most so many letters. */
const MAX_TEXT_BYTES = 2 ** 29 - 24;
/** What a decoder puts in place of bytes that are no UTF-8. */
const NO_LETTER = '\uFFFD';
/** How much of an input is shown in a sentence, and looked at to tell text from other bytes. */
const SAMPLE = 60;

/**
 * Reads traces from bytes of which nothing is known: JSON of any format that `parseTraceJson` knows, or protobuf of Tempo or OTLP.
 * @param decode reads UTF-8, such as `(bytes) => new TextDecoder().decode(bytes)`
 * @throws TraceInputError which says what the bytes are instead
 */
export function parseTraceBytes(bytes: Uint8Array, decode: DecodeText): ParsedTraces {
  const steps = parseTraceSteps(bytes, decode);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      return step.value;
    }
  }
}

/**
 * As `parseTraceBytes`, in steps, so that who has one thread only can do other things between: large OTLP JSON batch by batch, all else
 * at once. Each yields the share of the bytes that was read.
 * @throws TraceInputError
 */
export function* parseTraceSteps(bytes: Uint8Array, decode: DecodeText): Generator<number, ParsedTraces> {
  const foreign = FOREIGN.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (foreign !== undefined) {
    throw new TraceInputError(`The input ${foreign.why}.`);
  }
  const first = firstLetter(bytes);
  // No protobuf message that is meant here begins with one of these: they would be fields 7, 11 and 15, as groups.
  if (first === LESS_THAN) {
    throw new TraceInputError(
      `The input is a web page or XML, perhaps of a login or of an error: ${EXPECTED_TRACES}, got ${shown(bytes, decode)}.`
    );
  }
  if (first === BRACE || first === BRACKET || first === undefined) {
    const read = yield* parseOtlpPieces(bytes, decode);
    return read instanceof TraceInputError ? parseJson(bytes, decode, read) : read;
  }
  return parseProtobuf(bytes, decode);
}

/** @param cause why it could not be read in pieces */
function parseJson(bytes: Uint8Array, decode: DecodeText, cause: TraceInputError): ParsedTraces {
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new TraceInputError(
      `The input is too large to be read as one text: ${megabytes(bytes.length)} MB of at most ${megabytes(MAX_TEXT_BYTES)} MB. Protobuf and OTLP JSON that begins with its batches may be larger, but ${cause.message}`,
      { cause }
    );
  }
  return parseTraceJson(decode(bytes));
}

const megabytes = (count: number): number => Math.floor(count / 1e6);

function parseProtobuf(bytes: Uint8Array, decode: DecodeText): ParsedTraces {
  const into = createTraceCollector();
  try {
    parseTempoProtobuf(bytes, decode, into);
  } catch (error) {
    if (!(error instanceof ProtobufError)) {
      throw error;
    }
    throw new TraceInputError(
      isText(bytes, decode)
        ? `The input is neither JSON nor protobuf: ${EXPECTED_TRACES}, got ${shown(bytes, decode)}.`
        : `The input is neither JSON nor whole protobuf of a trace: ${error.message}, of ${bytes.length} bytes.`,
      { cause: error }
    );
  }
  return finishParsing('otlp', into);
}

/** The first byte that is neither space nor a byte order mark. */
function firstLetter(bytes: Uint8Array): number | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.subarray(start).find((byte) => !isSpace(byte));
}

const isSpace = (byte: number): boolean => byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB;

function isText(bytes: Uint8Array, decode: DecodeText): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  const hasControls = sample.some((byte) => !isSpace(byte) && (byte < SMALLEST_PRINTED || byte === DELETE));
  // The sample may end within a letter.
  const whole = sample.length < bytes.length ? decode(sample).slice(0, -1) : decode(sample);
  return !hasControls && !whole.includes(NO_LETTER);
}

const shown = (bytes: Uint8Array, decode: DecodeText): string => quoted(decode(bytes.subarray(0, SAMPLE)));
