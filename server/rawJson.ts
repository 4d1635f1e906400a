/**
 * A JSON object that goes through the engine as it came. A trace of 100,000 spans is 50 MiB: to read it and write it again would keep
 * the event loop from everybody else for a second.
 */
export class RawJson {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /**
   * Where a piece of JSON stands, such as `"status":"PARTIAL"`. Within a text of the document its quotes would stand behind a
   * backslash, so that it is found only where it is meant.
   */
  find(piece: string, from = 0): number {
    return this.bytes.indexOf(piece, from, 'latin1');
  }
}

const OPEN = '{'.charCodeAt(0);
const CLOSE = '}'.charCodeAt(0);
const WHITE: ReadonlySet<number> = new Set([...' \t\r\n'].map((character) => character.charCodeAt(0)));

/** Whether bytes begin and end as a JSON object does: no web page, and not broken off. */
export function looksLikeObject(bytes: Buffer): boolean {
  const first = bytes.findIndex((byte) => !WHITE.has(byte));
  const last = bytes.findLastIndex((byte) => !WHITE.has(byte));
  return bytes[first] === OPEN && bytes[last] === CLOSE && last > first;
}

/** The JSON of an object, of which fields may be raw. */
export function writeJson(value: unknown): string | Buffer {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const raw = fields.flatMap(([name, field]) => (field instanceof RawJson ? [{ name, bytes: field.bytes }] : []));
  if (raw.length === 0) {
    return JSON.stringify(value);
  }
  const rest = JSON.stringify(Object.fromEntries(fields.filter(([, field]) => !(field instanceof RawJson))));
  const pieces = raw.flatMap(({ name, bytes }) => [Buffer.from(`${JSON.stringify(name)}:`), bytes, Buffer.from(',')]);
  // A comma more than needed where nothing follows.
  const before = rest === '{}' ? pieces.slice(0, -1) : pieces;
  return Buffer.concat([Buffer.from('{'), ...before, Buffer.from(rest.slice(1))]);
}
