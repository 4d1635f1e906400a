import type { Dispatcher } from 'undici';
import { looksLikeObject, RawJson } from '../rawJson.ts';
import type { AnswerBudget } from '../answerBudget.ts';
import { StoreFailure } from './storeFailure.ts';

const MEBIBYTE = 1024 * 1024;
/** A larger answer is cut off while it streams in: it would not fit beside everything else in the engine's memory. */
const MAX_BODY_BYTES = 64 * MEBIBYTE;
const MAX_QUOTED = 300;

/** Statuses by which a store says that the question itself was wrong. */
const WRONG_QUESTION: ReadonlySet<number> = new Set([400, 413, 414, 422]);

export interface BodyLimits {
  readonly maxBytes?: number | undefined;
  /** Shared with other answers to the same request. */
  readonly budget?: AnswerBudget | undefined;
  /** A larger one is handed on as it came (`RawJson`), where the reader can do with that. */
  readonly unreadAbove?: number | undefined;
  /** It is no JSON: the answer is its text. */
  readonly asText?: boolean | undefined;
}

/**
 * Reads the body of an answer, which is JSON but where it is asked for as text.
 * @throws StoreFailure with the store's own words for error statuses, and for what is no JSON or too large
 */
export async function readBody(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { maxBytes = MAX_BODY_BYTES, budget, unreadAbove = Infinity, asText = false }: BodyLimits = {}
): Promise<unknown> {
  const bytes = await readBytes(body, { maxBytes, budget });
  const type = String(headers['content-type'] ?? '');
  if (statusCode < 200 || statusCode > 299) {
    throw failureOf(statusCode, errorOf(bytes.toString('utf8'), type));
  }
  if (asText) {
    return bytes.toString('utf8');
  }
  return bytes.length > unreadAbove && looksLikeObject(bytes) ? new RawJson(bytes) : parseJson(bytes, type);
}

const failureOf = (statusCode: number, words: string): StoreFailure =>
  new StoreFailure(`answered ${statusCode}${words === '' ? '' : `: ${words}`}`, {
    countsAgainstStore: !WRONG_QUESTION.has(statusCode),
  });

function parseJson(bytes: Buffer, type: string): unknown {
  const text = bytes.toString('utf8');
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    const found = /html/i.test(type) || text.trimStart().startsWith('<') ? 'a web page' : 'something that is not JSON';
    throw new StoreFailure(`answered ${found} where JSON was expected: is that its address`, {
      countsAgainstStore: true,
    });
  }
}

async function readBytes(
  body: Dispatcher.ResponseData['body'],
  { maxBytes, budget }: { readonly maxBytes: number; readonly budget: AnswerBudget | undefined }
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (size + chunk.length > maxBytes) {
        throw tooMuch(`answered more than ${maxBytes / MEBIBYTE} MiB`);
      }
      if (budget?.take(chunk.length) === false) {
        throw tooMuch(
          `answered more than is left of the ${budget.maxBytes / MEBIBYTE} MiB that the answers to one request may have together`
        );
      }
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    budget?.giveBack(size);
    throw error;
  }
  return Buffer.concat(chunks);
}

const tooMuch = (message: string): StoreFailure => new StoreFailure(message, { countsAgainstStore: false });

/** The store's own words: the `error` or `message` of a JSON body, or the first line of a text. */
function errorOf(text: string, type: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      const words = 'error' in parsed ? parsed.error : 'message' in parsed ? parsed.message : undefined;
      return typeof words === 'string' ? words.slice(0, MAX_QUOTED) : '';
    }
    return '';
  } catch {
    return /html/i.test(type) ? '' : (text.split('\n')[0] ?? '').trim().slice(0, MAX_QUOTED);
  }
}
