import './.config/jest-setup';

// react-dom/server asks for MessageChannel, which jsdom lacks. The one of node:worker_threads leaves handles open, so that jest does not end.
if (typeof globalThis.MessageChannel === 'undefined') {
  globalThis.MessageChannel = class {
    constructor() {
      this.port1 = { onmessage: null };
      this.port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data }), 0) };
    }
  };
}
