import { gunzipSync } from 'node:zlib';
import { EngineError, isCode } from '../errors.ts';

/** Limits of what is read from a request; a body is cut off while it streams in, not after. */
export const MAX_BODY = 1 << 20;
export const MAX_INTAKE_BODY = 5 << 20;
const MAX_DEPTH = 32;
/** A gzip body may grow by this factor at most: more is a bomb. */
const MAX_INFLATION = 20;

/** @throws EngineError `too_large` as soon as `limit` bytes are passed, `invalid_input` for gzip that is damaged */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  if (request.body === null) {
    return Buffer.alloc(0);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new EngineError('too_large', `The body is larger than ${limit} bytes.`);
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  return encoding === 'identity' ? body : inflate(body, encoding, limit);
}

function inflate(body: Buffer, encoding: string, limit: number): Buffer {
  if (encoding !== 'gzip') {
    throw new EngineError(
      'unsupported_media_type',
      `Content-Encoding "${encoding}" is not supported; expected gzip or none.`
    );
  }
  try {
    return gunzipSync(body, { maxOutputLength: Math.min(limit, body.byteLength * MAX_INFLATION + 1024) });
  } catch (error) {
    throw isCode(error, 'ERR_BUFFER_TOO_LARGE')
      ? new EngineError(
          'too_large',
          `The gzip body is larger than allowed when unpacked (${limit} bytes, ${MAX_INFLATION} times its size).`
        )
      : new EngineError(
          'invalid_input',
          'The body is not valid gzip, as Content-Encoding says: it is damaged or broken off.'
        );
  }
}

/** @throws EngineError `invalid_input` for what is not JSON, or nested deeper than 32 */
export function parseJson(body: Uint8Array): unknown {
  if (body.byteLength === 0) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new EngineError('invalid_input', 'The body is not valid JSON in UTF-8.');
  }
  if (deeperThan(value, MAX_DEPTH)) {
    throw new EngineError('invalid_input', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  return value;
}

function deeperThan(root: unknown, limit: number): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) {
      return true;
    }
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}
