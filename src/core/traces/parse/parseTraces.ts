import type { Trace } from '../trace.ts';
import { isList, isRecord, quoted, type JsonRecord } from './fields.ts';
import { isJaegerJson, parseJaegerJson } from './parseJaegerJson.ts';
import { parseOtlpJson } from './parseOtlpJson.ts';
import { isZipkinJson, parseZipkinJson } from './parseZipkinJson.ts';
import { createTraceCollector, type TraceCollector } from './traceCollector.ts';
import { TraceInputError } from './traceInputError.ts';

export type TraceFormat = 'otlp' | 'jaeger' | 'zipkin';

export interface ParsedTraces {
  readonly format: TraceFormat;
  /** In the order in which they came; at least one. */
  readonly traces: readonly Trace[];
  /** What an answer of the engine (`getTrace`) says beside its document; absent where the input is none. */
  readonly beside?: JsonRecord;
}

interface JsonFormat {
  readonly format: TraceFormat;
  fits(input: JsonRecord | readonly unknown[]): boolean;
  parse(input: JsonRecord | readonly unknown[], into: TraceCollector): void;
}

/** A format is one parser and one entry here. */
const JSON_FORMATS: readonly JsonFormat[] = [
  {
    format: 'otlp',
    fits: (input) => otlpIn(input) !== undefined,
    parse: (input, into) => parseOtlpJson(otlpIn(input) ?? {}, into),
  },
  { format: 'jaeger', fits: isJaegerJson, parse: parseJaegerJson },
  { format: 'zipkin', fits: isZipkinJson, parse: parseZipkinJson },
];

/** Jaeger's API v3 wraps it in `result`, the engine in `document`. */
export function otlpIn(input: unknown): JsonRecord | undefined {
  const document = isRecord(input) ? ([input.result, input.document].find(isRecord) ?? input) : input;
  const isOtlp =
    isRecord(document) && ('resourceSpans' in document || 'batches' in document || isRecord(document.trace));
  return isOtlp ? document : undefined;
}

export const EXPECTED_TRACES = 'expected OTLP JSON (resourceSpans), a trace of Tempo, Jaeger JSON or Zipkin v2 JSON';

/** Windows puts it before text. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What people take for a trace: the answer says how to get one. */
const MISTAKEN: ReadonlyArray<{ isIt(input: unknown): boolean; readonly why: string }> = [
  {
    isIt: (input) => isRecord(input) && isList(input.traces),
    why: "this is a search result of Tempo, which names traces and holds none whole. Open one of them and download it, or ask Tempo's /api/v2/traces/<id>",
  },
  {
    isIt: (input) => isRecord(input) && ('resourceMetrics' in input || 'resourceLogs' in input),
    why: 'this is OTLP of metrics or logs, which holds no spans',
  },
  {
    isIt: (input) => isList(input) && isRecord(input[0]) && 'binaryAnnotations' in input[0],
    why: "this is Zipkin's first format (v1), which its API no longer writes: ask /api/v2/trace/<id>",
  },
];

/**
 * Reads traces from JSON: one document, or one OTLP document per line.
 * @throws TraceInputError when the text is no JSON, of no known format, or holds no span that can be used
 */
export function parseTraceJson(text: string): ParsedTraces {
  return parseTraceDocuments(documentsOf(text));
}

/**
 * As `parseTraceJson`, of JSON that was read already.
 * @throws TraceInputError
 */
export function parseTraceDocuments(documents: readonly unknown[]): ParsedTraces {
  const into = createTraceCollector();
  const formats = new Set<TraceFormat>();
  documents.forEach((document, at) => {
    const where = documents.length === 1 ? 'the input' : `line ${at + 1}`;
    formats.add(parseDocument(document, where, into));
  });
  const [format, another] = [...formats];
  if (another !== undefined) {
    throw new TraceInputError(`The lines are of several formats (${[...formats].join(', ')}); expected one.`);
  }
  return { ...finishParsing(format ?? 'otlp', into), ...(documents.length === 1 ? besideIn(documents[0]) : {}) };
}

/** What stands beside the document of an answer of the engine. */
export function besideIn(input: unknown): Pick<ParsedTraces, 'beside'> {
  if (!isRecord(input) || !isRecord(input.document)) {
    return {};
  }
  const { document: _, ...beside } = input;
  return { beside };
}

/** @throws TraceInputError where nothing came of the input */
export function finishParsing(format: TraceFormat, into: TraceCollector): ParsedTraces {
  const traces = into.finish();
  if (traces.length === 0) {
    throw new TraceInputError(`There is no span in it that can be used. ${into.complaint}`.trim());
  }
  return { format, traces };
}

function parseDocument(document: unknown, where: string, into: TraceCollector): TraceFormat {
  if (isRecord(document) || isList(document)) {
    const found = JSON_FORMATS.find((one) => one.fits(document));
    if (found !== undefined) {
      found.parse(document, into);
      return found.format;
    }
  }
  const mistaken = MISTAKEN.find(({ isIt }) => isIt(document))?.why;
  throw new TraceInputError(
    mistaken === undefined
      ? `No known trace format in ${where}: ${EXPECTED_TRACES}, got ${quoted(document)}.`
      : `No trace in ${where}: ${mistaken}.`
  );
}

function documentsOf(given: string): readonly unknown[] {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  if (text.trim() === '') {
    throw new TraceInputError(`The input is empty: ${EXPECTED_TRACES}.`);
  }
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 1 && isJson(lines[0] ?? '')) {
      return lines.map(parseLine);
    }
    throw new TraceInputError(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}

function isJson(line: string): boolean {
  try {
    return isRecord(JSON.parse(line));
  } catch {
    return false;
  }
}

function parseLine(line: string, at: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new TraceInputError(
      `Line ${at + 1} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      }
    );
  }
}
