/** Protobuf for tests: just enough to write what the reader reads. */
export const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);

const WIRE = { varint: 0, fixed64: 1, bytes: 2 } as const;
const tag = (number: number, wire: number): Buffer => varint(BigInt(number * 8 + wire));

export function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? byte : byte | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

export const integer = (number: number, value: bigint | number): Buffer =>
  message(tag(number, WIRE.varint), varint(BigInt(value)));

export function fixed64(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return message(tag(number, WIRE.fixed64), bytes);
}

export function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return message(tag(number, WIRE.fixed64), bytes);
}

export const bytes = (number: number, content: Buffer): Buffer =>
  message(tag(number, WIRE.bytes), varint(BigInt(content.length)), content);

export const text = (number: number, content: string): Buffer => bytes(number, Buffer.from(content));
export const hex = (number: number, content: string): Buffer => bytes(number, Buffer.from(content, 'hex'));

export const decodeUtf8 = (content: Uint8Array): string => Buffer.from(content).toString('utf8');
