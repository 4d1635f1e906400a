import { startWorker } from './startWorker.ts';

const addresses: string[] = [];
let started: string[];
const gone: string[] = [];

class FakeWorker {
  constructor(address: string) {
    started.push(address);
  }
}

beforeEach(() => {
  started = [];
  URL.createObjectURL = () => {
    addresses.push(`blob:${addresses.length}`);
    return addresses.at(-1) ?? '';
  };
  URL.revokeObjectURL = (address) => void gone.push(address);
  Object.assign(globalThis, { Worker: FakeWorker });
});
afterEach(() => Object.assign(globalThis, { Worker: undefined }));

it('starts a script from a blob, whose address is given back at once', () => {
  expect(startWorker('onmessage = () => 1')).toBeInstanceOf(FakeWorker);
  expect(started).toEqual([addresses.at(-1)]);
  expect(gone.at(-1)).toBe(addresses.at(-1));
});

it.each([[undefined], ['']])('has none without a script (%j)', (code) => {
  expect(startWorker(code)).toBeUndefined();
  expect(started).toEqual([]);
});

it('has none where the page may not start one', () => {
  Object.assign(globalThis, {
    Worker: class {
      constructor() {
        throw new DOMException('refused by the content security policy', 'SecurityError');
      }
    },
  });
  expect(startWorker('x')).toBeUndefined();
  expect(gone.at(-1)).toBe(addresses.at(-1));
});
