import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { getTrace } from '../../src/api/traces.ts';
import { formatValue } from '../../src/core/signals/formatValue.ts';
import { parseTraceBytes } from '../../src/core/traces/parse/parseTraceBytes.ts';
import { parseTraceDocuments, type ParsedTraces } from '../../src/core/traces/parse/parseTraces.ts';
import { TraceInputError } from '../../src/core/traces/parse/traceInputError.ts';
import { connect, explainFailure, findEngine } from '../api.ts';
import type { Io } from '../io.ts';
import { harmless } from './columns.ts';

const GIBIBYTE = 1024 ** 3;
/** Analysing takes two and a half times as much memory. */
const MAX_BYTES = GIBIBYTE;
const TRACE_ID = /^[0-9a-f]{1,32}$/i;

interface Reading {
  readonly input?: AsyncIterable<Uint8Array>;
  /** Of a file, of standard input, and of what is unpacked from either. */
  readonly maxBytes?: number;
}

/**
 * Traces from what stands on the command line: a file, `-` for standard input, or, where there is no such file, the id of a trace that the
 * engine is asked for. Files may be packed with gzip.
 * @throws TraceInputError which says what was wrong, where, and what was expected
 */
export async function readTraces(
  given: string,
  io: Io,
  { input = process.stdin, maxBytes = MAX_BYTES }: Reading = {}
): Promise<ParsedTraces> {
  if (given === '-') {
    return parse('Standard input', await readInput(input, maxBytes), maxBytes);
  }
  const found = await statOf(given);
  if (found === undefined) {
    return TRACE_ID.test(given) ? await askEngine(given, io) : refuseMissing(given);
  }
  if (found.isDirectory()) {
    throw new TraceInputError(`${given} is a folder; expected a file with a trace.`);
  }
  if (found.size > maxBytes) {
    throw new TraceInputError(`${given}: ${tooLong(found.size, maxBytes)}`);
  }
  return parse(given, await readBytes(given), maxBytes);
}

const bytesText = (bytes: number): string => formatValue(bytes, 'bytes');

/** Of what is hardly too long the size would read as that which is expected. */
function tooLong(bytes: number, maxBytes: number): string {
  const [size, most] = [bytesText(bytes), bytesText(maxBytes)];
  return `${size === most ? `more than ${most}` : size} are too much; expected at most ${most}.`;
}

const refuseMissing = (given: string): never => {
  throw new TraceInputError(
    `There is no file ${given}, and a trace id it is not: expected a file, "-" or 1 to 32 hexadecimal digits.`
  );
};

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw new TraceInputError(`${file} cannot be read: ${explainFailure(error)}.`, { cause: error });
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new TraceInputError(`${file} cannot be read: ${explainFailure(error)}.`, { cause: error });
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

async function readInput(input: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new TraceInputError(
        `Standard input: more than ${bytesText(maxBytes)} are too much; expected at most that.`
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function parse(where: string, bytes: Uint8Array, maxBytes: number): Promise<ParsedTraces> {
  const decoder = new TextDecoder();
  try {
    return parseTraceBytes(await unpacked(bytes, maxBytes), (part) => decoder.decode(part));
  } catch (error) {
    throw error instanceof TraceInputError
      ? new TraceInputError(`${where}: ${error.message}`, { cause: error })
      : error;
  }
}

async function unpacked(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes;
  }
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const why =
      codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacked it is more than ${bytesText(maxBytes)}`
        : explainFailure(error);
    throw new TraceInputError(`It is packed with gzip, and cannot be unpacked: ${why}.`, { cause: error });
  }
}

async function askEngine(traceId: string, io: Io): Promise<ParsedTraces> {
  const { document, settling, problem } = await connect(await findEngine(io)).call(getTrace, { traceId });
  if (problem !== null) {
    io.error(harmless(problem));
  }
  if (settling) {
    io.error('The trace ended a moment ago or still goes on: spans may be missing yet. Ask again in half a minute.');
  }
  return parseTraceDocuments([document]);
}
