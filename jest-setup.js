import { Blob as NodeBlob } from 'node:buffer';
import { CompressionStream, DecompressionStream, TransformStream } from 'node:stream/web';
import './.config/jest-setup';

// jsdom's blobs can be read by nobody, and it has no streams: Node's stand in.
if (Blob.prototype.stream === undefined) {
  Object.assign(globalThis, { Blob: NodeBlob, CompressionStream, DecompressionStream, TransformStream });
}

// react-dom/server asks for MessageChannel, which jsdom lacks. The one of node:worker_threads leaves handles open, so that jest does not end.
if (typeof globalThis.MessageChannel === 'undefined') {
  globalThis.MessageChannel = class {
    constructor() {
      this.port1 = { onmessage: null };
      this.port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data }), 0) };
    }
  };
}

// jsdom lays nothing out: sizes never change, everything is in view, and text is as wide as it is long.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.IntersectionObserver ??= class {
  constructor(callback) {
    this.callback = callback;
  }
  observe(target) {
    this.callback([{ target, isIntersecting: true, intersectionRatio: 1 }], this);
  }
  unobserve() {}
  disconnect() {}
};
HTMLCanvasElement.prototype.getContext = () => ({ measureText: (text) => ({ width: 8 * text.length }) });
