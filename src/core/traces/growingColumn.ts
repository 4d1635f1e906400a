/** A column of 32-bit numbers whose length is not known beforehand. */
export interface GrowingColumn {
  readonly length: number;
  push(value: number): void;
  toArray(): Uint32Array;
}

export function createGrowingColumn(): GrowingColumn {
  let buffer = new Uint32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === buffer.length) {
        const larger = new Uint32Array(buffer.length * 2);
        larger.set(buffer);
        buffer = larger;
      }
      buffer[length] = value;
      length += 1;
    },
    toArray: () => buffer.slice(0, length),
  };
}
