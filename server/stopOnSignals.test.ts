import { stopOnSignals } from './stopOnSignals.ts';

interface Ended {
  readonly codes: number[];
  readonly lines: string[];
  signal(name: 'SIGINT' | 'SIGTERM'): Promise<void>;
}

function run(stop: () => Promise<void>): Ended {
  const listeners = new Map<string, () => void>();
  const codes: number[] = [];
  const lines: string[] = [];
  stopOnSignals(
    { stop },
    {
      on: (name, listener) => listeners.set(name, listener),
      exit: (code) => void codes.push(code),
      stderr: { write: (text) => lines.push(text) },
    }
  );
  return {
    codes,
    lines,
    async signal(name) {
      listeners.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it.each(['SIGINT', 'SIGTERM'] as const)('ends well after %s when the engine has stopped', async (name) => {
  const ended = run(() => Promise.resolve());
  await ended.signal(name);
  expect(ended).toMatchObject({ codes: [0], lines: [] });
});

it('says in one line why the engine did not stop, and ends with 1', async () => {
  const ended = run(() => Promise.reject(new Error('the disk is gone')));
  await ended.signal('SIGTERM');
  expect(ended).toMatchObject({ codes: [1], lines: ['The engine did not stop as it should: the disk is gone\n'] });
});

it('names the last of several failures', async () => {
  const parts = new AsyncDisposableStack();
  parts.defer(() => Promise.reject(new Error('the store is gone')));
  parts.defer(() => Promise.reject(new Error('the server hangs')));
  const ended = run(() => parts.disposeAsync());
  await ended.signal('SIGTERM');
  expect(ended.lines).toEqual(['The engine did not stop as it should: the store is gone\n']);
});

it('ends at once when it is asked twice', async () => {
  const ended = run(() => new Promise(() => undefined));
  await ended.signal('SIGINT');
  await ended.signal('SIGINT');
  expect(ended).toMatchObject({ codes: [130], lines: [] });
});
