import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import type { TraceFile } from '../../src/ui/traces/traceFileMessages.ts';
import { otlpSample, TRACE_ID } from './sampleTrace.ts';

interface Said {
  readonly message: { readonly kind: string; readonly [field: string]: unknown };
  readonly transfer: readonly unknown[];
}

/** By Node itself: jest has no await at the top of a module. */
function bundleWorker(): string {
  const build = pathToFileURL(path.join(import.meta.dirname, '../../src/console/build.ts')).href;
  const script = `const { bundleWorkers } = await import('${build}'); process.stdout.write((await bundleWorkers()).TRACE_FILE_WORKER)`;
  const code: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  );
  return String(code);
}

/** Runs the worker's script as bundlers put it in, in a context that has what a worker has, until it has answered. */
async function ask(file: TraceFile): Promise<readonly Said[]> {
  const said: Said[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const self = {
    onmessage: (_: { readonly data: TraceFile }): void => undefined,
    postMessage(message: Said['message'], { transfer }: Pick<Said, 'transfer'>) {
      said.push({ message, transfer });
      if (message.kind !== 'progress' && message.kind !== 'ready') {
        resolve();
      }
    },
  };
  runInContext(code, createContext({ self, ArrayBuffer, TextDecoder, TransformStream, DecompressionStream }));
  self.onmessage({ data: file });
  await promise;
  return said;
}

const code = bundleWorker();

describe('the script of the worker that reads trace files', () => {
  it('reads a file, says how far it is, and hands the columns over', async () => {
    const said = await ask(new Blob([JSON.stringify(otlpSample)]));
    expect(said.map(({ message }) => message.kind)).toEqual(['ready', 'progress', 'progress', 'progress', 'done']);
    expect(said.at(-1)?.message).toMatchObject({
      parsed: { format: 'otlp', traces: [{ traceId: TRACE_ID, size: 5 }] },
    });
    expect(new Set(said.at(-1)?.transfer).size).toBeGreaterThan(10);
    expect(said.at(-1)?.transfer).toHaveLength(new Set(said.at(-1)?.transfer).size);
  });

  it('reads an answer of the engine out of its bytes, and what is said beside it', async () => {
    const answer = { traceId: TRACE_ID, document: otlpSample, settling: true, problem: null };
    const said = await ask(new TextEncoder().encode(JSON.stringify(answer)));
    expect(said.at(-1)?.message).toMatchObject({
      parsed: {
        traces: [{ traceId: TRACE_ID, size: 5 }],
        beside: { traceId: TRACE_ID, settling: true, problem: null },
      },
    });
  });

  it('refuses in words what is no trace', async () => {
    const said = await ask(new Blob(['hello']));
    expect(said.at(-1)?.message).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('The input is neither JSON nor protobuf'),
    });
  });
});
