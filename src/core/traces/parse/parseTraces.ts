import type { Trace } from '../trace.ts';
import { isList, isRecord, quoted, type JsonRecord } from './fields.ts';
import { parseOtlpJson } from './parseOtlpJson.ts';
import { createTraceCollector, type TraceCollector } from './traceCollector.ts';
import { TraceInputError } from './traceInputError.ts';

export type TraceFormat = 'otlp';

export interface ParsedTraces {
  readonly format: TraceFormat;
  /** In the order in which they came; at least one. */
  readonly traces: readonly Trace[];
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
    fits: (input) => isRecord(input) && ('resourceSpans' in input || 'batches' in input || isRecord(input.trace)),
    parse: (input, into) => {
      if (isRecord(input)) {
        parseOtlpJson(input, into);
      }
    },
  },
];

const EXPECTED = 'expected OTLP JSON (resourceSpans) or a trace of Tempo';

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
  const traces = into.finish();
  const [format, another] = [...formats];
  if (another !== undefined) {
    throw new TraceInputError(`The lines are of several formats (${[...formats].join(', ')}); expected one.`);
  }
  if (format === undefined || traces.length === 0) {
    throw new TraceInputError(`There is no span in it that can be used. ${into.unused?.message ?? ''}`.trim());
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
  throw new TraceInputError(`No known trace format in ${where}: ${EXPECTED}, got ${quoted(document)}.`);
}

function documentsOf(text: string): readonly unknown[] {
  if (text.trim() === '') {
    throw new TraceInputError(`The input is empty: ${EXPECTED}.`);
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
