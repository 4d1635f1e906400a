import { readBytes } from './readBytes.ts';
import { readTraceFile, type TraceFileWorker } from './readTraceFile.ts';
import type { FromTraceFileWorker, ReadProgress } from './traceFileMessages.ts';

const span = {
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'work' },
  ...{ startTimeUnixNano: '1000', endTimeUnixNano: '3000' },
};
const DOCUMENT = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const startWorker = () => undefined;
const never = () => undefined;

async function packed(text: string): Promise<Blob> {
  const reader = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')).getReader();
  const pieces: BlobPart[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
  }
  return new Blob(pieces);
}

describe('readTraceFile without a worker', () => {
  it.each([
    ['JSON', () => Promise.resolve(new Blob([DOCUMENT]))],
    ['gzip', () => packed(DOCUMENT)],
  ])('reads %s, and says how far it is', async (_, make) => {
    const said: ReadProgress[] = [];
    const { traces } = await readTraceFile(await make(), { startWorker, onProgress: (one) => said.push(one) });
    expect(traces.map(({ traceId, size, durationNs }) => [traceId, size, durationNs])).toEqual([
      [span.traceId, 1, 2000],
    ]);
    expect(said.slice(-2)).toEqual([
      { stage: 'reading', share: 1 },
      { stage: 'parsing', share: 0 },
    ]);
  });

  it('reads piece by piece', async () => {
    const shares: number[] = [];
    const bytes = await readBytes(new Blob([' '.repeat(300_000), DOCUMENT]), {
      onShare: (share) => shares.push(share),
    });
    expect(bytes).toHaveLength(300_000 + DOCUMENT.length);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('lets the page work between the batches of a large file', async () => {
    const batch = JSON.stringify({ scopeSpans: [{ spans: [{ ...span, name: 'x'.repeat(100_000) }] }] });
    const large = new Blob([`{"resourceSpans":[${Array.from({ length: 30 }, () => batch).join(',')}]}`]);
    const clock = jest.spyOn(performance, 'now');
    let now = 0;
    clock.mockImplementation(() => (now += 25));
    const said: number[] = [];
    const { traces } = await readTraceFile(large, {
      startWorker,
      onProgress: ({ stage, share }) => said.push(stage === 'parsing' ? share : 0),
    });
    clock.mockRestore();
    expect(traces[0]?.notices[0]?.message).toBe('29 spans were received twice and are kept once.');
    const parsing = said.filter((share) => share > 0);
    expect(parsing).toHaveLength(15);
    expect(parsing).toEqual(parsing.toSorted((a, b) => a - b));
  });

  it('refuses what is no trace, in the words of the parser', async () => {
    await expect(readTraceFile(new Blob(['<html>']), { startWorker })).rejects.toThrow(
      'The input is a web page or XML'
    );
  });

  it('says that a packed file is damaged', async () => {
    const whole = await packed(DOCUMENT.repeat(50));
    await expect(readTraceFile(whole.slice(0, 60), { startWorker })).rejects.toMatchObject({
      name: 'TraceInputError',
      message: expect.stringContaining('The file cannot be unpacked: it is gzip, and cut off or damaged'),
    });
  });

  it('refuses a file that is too large, also one that becomes it', async () => {
    const limit = 1_000_000;
    const large = ' '.repeat(1_200_000);
    await expect(readBytes(new Blob([large]), { onShare: never, limit })).rejects.toThrow(
      'The file has 2 MB; up to 1 MB can be opened here. The command line reads up to 1 GiB: pharos trace analyze FILE.'
    );
    await expect(readBytes(await packed(large), { onShare: never, limit })).rejects.toThrow(
      'The file unpacks to more than 1 MB, which is the most that can be opened here.'
    );
  });

  it('says that a file cannot be read any more', async () => {
    const gone = new Blob(['x']);
    jest.spyOn(gone, 'stream').mockImplementation(() => {
      throw new DOMException('the file was changed', 'NotReadableError');
    });
    await expect(readTraceFile(gone, { startWorker })).rejects.toThrow('The file cannot be read');
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const reading = readTraceFile(new Blob([DOCUMENT]), {
      ...{ startWorker, signal: stop.signal },
      onProgress: () => stop.abort(new Error('left')),
    });
    await expect(reading).rejects.toThrow('left');
    await expect(readTraceFile(new Blob([DOCUMENT]), { startWorker, signal: stop.signal })).rejects.toThrow('left');
  });
});

describe('readTraceFile with a worker', () => {
  const createWorker = () => {
    const worker = {
      postMessage: jest.fn(),
      terminate: jest.fn(),
      onmessage: null as TraceFileWorker['onmessage'],
      onerror: null as TraceFileWorker['onerror'],
    };
    const real = worker as unknown as Worker;
    return {
      worker,
      start: () => worker,
      say: (data: FromTraceFileWorker) => worker.onmessage?.call(real, new MessageEvent('message', { data })),
      fail: (message: string) => worker.onerror?.call(real, new ErrorEvent('error', { message })),
    };
  };
  const file = new Blob([DOCUMENT]);
  const ready = { kind: 'ready' } as const;
  const starting = { kind: 'progress', progress: { stage: 'reading', share: 0 } } as const;

  it('hands the file over, passes on how far it is, and ends the worker', async () => {
    const { worker, start, say } = createWorker();
    const said: ReadProgress[] = [];
    const reading = readTraceFile(file, { startWorker: start, onProgress: (one) => said.push(one) });
    expect(worker.postMessage).not.toHaveBeenCalled();
    say(ready);
    expect(worker.postMessage).toHaveBeenCalledWith(file, []);
    say(starting);
    const parsed = { format: 'otlp', traces: [] } as const;
    say({ kind: 'done', parsed });
    expect(await reading).toBe(parsed);
    expect(said).toEqual([starting.progress]);
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });

  it('hands bytes over instead of copying them, to a worker that is there', async () => {
    const bytes = new TextEncoder().encode(DOCUMENT);
    const { worker, start, say } = createWorker();
    void readTraceFile(bytes, { startWorker: start });
    say(ready);
    expect(worker.postMessage).toHaveBeenCalledWith(bytes, [bytes.buffer]);
    const other = createWorker();
    const reading = readTraceFile(bytes, { startWorker: other.start });
    other.fail('');
    expect((await reading).traces).toHaveLength(1);
    expect(other.worker.postMessage).not.toHaveBeenCalled();
  });

  it('refuses as the worker did', async () => {
    const { worker, start, say } = createWorker();
    const reading = readTraceFile(file, { startWorker: start });
    say({ kind: 'refused', message: 'The input is empty.' });
    await expect(reading).rejects.toMatchObject({ name: 'TraceInputError', message: 'The input is empty.' });
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });

  it('reads here when the worker does not start, as under a strict policy', async () => {
    const { start, fail } = createWorker();
    const reading = readTraceFile(file, { startWorker: start });
    fail('');
    expect((await reading).traces).toHaveLength(1);
  });

  it('says so when the worker ends in the middle', async () => {
    const { start, say, fail } = createWorker();
    const reading = readTraceFile(file, { startWorker: start });
    say(ready);
    fail('out of memory');
    await expect(reading).rejects.toThrow('Reading the file ended unexpectedly: out of memory.');
  });

  it('ends the worker when it is told to', async () => {
    const { worker, start } = createWorker();
    const stop = new AbortController();
    const reading = readTraceFile(file, { startWorker: start, signal: stop.signal });
    stop.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });
});
