import type { DecodeText } from './byteTexts.ts';
import { BRACKET, itemsFrom, membersOf, type MemberRange } from './jsonRanges.ts';
import type { ByteRange } from './protobuf.ts';

export interface BatchPiece {
  /** A batch as JSON. */
  readonly text: string;
  /** How many pieces of the same batch came before, and how many of its groups of spans, and spans of the first group here. */
  readonly pieces: number;
  readonly groups: number;
  readonly spans: number;
  /** How many bytes there are up to its end. */
  readonly end: number;
}

/** A batch of which so many bytes are read at once takes not much more than the rest of its trace. */
const LARGE_BYTES = 32_000_000;

/**
 * A batch of OTLP JSON as it is or, where it is large, as several that hold some of its spans each: all spans of a service may be in
 * one, and larger than a text can be.
 * @param limit bytes of a piece; one span may be larger
 */
export function* splitBatch(
  bytes: Uint8Array,
  batch: ByteRange,
  { decode, limit = LARGE_BYTES }: { readonly decode: DecodeText; readonly limit?: number }
): Generator<BatchPiece> {
  const textOf = ({ from, to }: ByteRange): string => decode(bytes.subarray(from, to));
  const lists = batch.to - batch.from > limit ? listsOf(bytes, batch, decode) : undefined;
  if (lists === undefined) {
    yield { text: textOf(batch), pieces: 0, groups: 0, spans: 0, end: batch.to };
    return;
  }
  const around = membersText(lists.beside, textOf);
  let pieces = 0;
  for (const { name, at, beside, spans } of lists.groups) {
    const ofGroup = membersText(beside, textOf);
    for (const chunk of chunksOf(spans, limit)) {
      const group = `{${ofGroup}"spans":[${textOf(chunk)}]}`;
      yield { text: `{${around}"${name}":[${group}]}`, pieces, groups: at, spans: chunk.earlier, end: chunk.to };
      pieces += 1;
    }
  }
}

const GROUP_LISTS: readonly string[] = ['scopeSpans', 'instrumentationLibrarySpans'];

interface SpanList {
  /** Under which name its group stands, and at which place. */
  readonly name: string;
  readonly at: number;
  /** The members of its group besides. */
  readonly beside: readonly MemberRange[];
  readonly spans: readonly ByteRange[];
}

interface BatchLists {
  readonly beside: readonly MemberRange[];
  readonly groups: readonly SpanList[];
}

/** Undefined where it is not as expected: who reads it whole can say what is wrong. */
function listsOf(bytes: Uint8Array, batch: ByteRange, decode: DecodeText): BatchLists | undefined {
  const members = membersOf(bytes, batch, decode);
  const groups: SpanList[] = [];
  for (const { name, value } of (members ?? []).filter((one) => GROUP_LISTS.includes(one.name))) {
    for (const [at, range] of (itemsOf(bytes, value) ?? []).entries()) {
      const group = groupOf(bytes, range, decode);
      if (group === undefined) {
        return undefined;
      }
      groups.push({ name, at, ...group });
    }
  }
  return members === undefined || groups.length === 0
    ? undefined
    : { groups, beside: members.filter(({ name }) => !GROUP_LISTS.includes(name)) };
}

function groupOf(
  bytes: Uint8Array,
  range: ByteRange,
  decode: DecodeText
): Pick<SpanList, 'beside' | 'spans'> | undefined {
  const members = membersOf(bytes, range, decode) ?? [];
  const [list, another] = members.filter(({ name }) => name === 'spans');
  const spans = list === undefined ? undefined : itemsOf(bytes, list.value);
  if (list === undefined || spans === undefined || another !== undefined) {
    return undefined;
  }
  // A group without spans is a piece too: what is wrong with the rest of it is told all the same.
  const none = { from: list.value.to, to: list.value.to };
  return { spans: spans.length === 0 ? [none] : spans, beside: members.filter((one) => one !== list) };
}

function itemsOf(bytes: Uint8Array, { from }: ByteRange): readonly ByteRange[] | undefined {
  if (bytes[from] !== BRACKET) {
    return undefined;
  }
  const found: ByteRange[] = [];
  const items = itemsFrom(bytes, from + 1);
  for (let next = items.next(); ; next = items.next()) {
    if (next.done === true) {
      return next.value === undefined ? undefined : found;
    }
    found.push(next.value);
  }
}

const membersText = (members: readonly MemberRange[], textOf: (range: ByteRange) => string): string =>
  members.map(({ name, value }) => `"${name}":${textOf(value)},`).join('');

interface Chunk extends ByteRange {
  /** How many items came before. */
  readonly earlier: number;
}

/** Neighbours together, up to so many bytes; what stands between them is a comma. */
function* chunksOf(items: readonly ByteRange[], limit: number): Generator<Chunk> {
  let chunk: Chunk | undefined;
  for (const [i, item] of items.entries()) {
    if (chunk !== undefined && item.to - chunk.from > limit) {
      yield chunk;
      chunk = undefined;
    }
    chunk = { from: chunk?.from ?? item.from, to: item.to, earlier: chunk?.earlier ?? i };
  }
  if (chunk !== undefined) {
    yield chunk;
  }
}
