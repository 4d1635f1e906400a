import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { repositoryRoot } from '../../stack/paths.ts';
import type { Io } from '../io.ts';
import { readTraces } from './readTraces.ts';
import { jaegerText, otlpText, zipkinText } from './trace.fixture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-trace-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fileWith = async (name: string, content: string | Uint8Array): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The command as a person calls it, in a process of its own, with no engine near. */
function pharos(args: readonly string[], { input = '', url = 'http://127.0.0.1:9' } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(repositoryRoot, 'bin', 'pharos.mjs'), 'trace', ...args], {
      env: { ...process.env, PHAROS_URL: url, PHAROS_TOKEN: 'a-token', PHAROS_DATA_DIR: folder },
    });
    const written = { out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => (written.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (written.error += chunk.toString()));
    child.on('close', (code) => resolve({ code, ...written }));
    // Who refuses before it has read all closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const analysis = z.looseObject({
  traceId: z.string(),
  spanCount: z.number(),
  durationNs: z.string(),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string(), count: z.number() })),
  criticalPath: z.array(z.object({ spanId: z.string(), startNs: z.string(), endNs: z.string() })),
  operations: z.array(z.looseObject({ service: z.string(), operation: z.string(), selfNs: z.string() })),
  errors: z.array(z.looseObject({ spanId: z.string(), message: z.string(), story: z.array(z.string()) })),
});

async function analyzed(args: readonly string[], input = '') {
  const { code, out, error } = await pharos(['analyze', '--format', 'json', ...args], { input });
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return analysis.parse(JSON.parse(out));
}

const EXPECTED_PATH = [
  { spanId: '00000000000000a1', startNs: '0', endNs: '100000' },
  { spanId: '00000000000000a2', startNs: '100000', endNs: '500000' },
  { spanId: '00000000000000a3', startNs: '500000', endNs: '550000' },
  { spanId: '00000000000000a4', startNs: '550000', endNs: '850000' },
  { spanId: '00000000000000a3', startNs: '850000', endNs: '900000' },
  { spanId: '00000000000000a1', startNs: '900000', endNs: '1000000' },
];

describe('pharos trace analyze', () => {
  it.each([
    ['OTLP', otlpText()],
    ['Jaeger', jaegerText()],
    ['Zipkin', zipkinText()],
    ['gzip of OTLP', gzipSync(otlpText())],
  ])('says the same of a file in %s', async (_format, content) => {
    const said = await analyzed([await fileWith('trace', content)]);
    expect(said).toMatchObject({
      ...{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanCount: 4, durationNs: '1000000', warnings: [] },
      criticalPath: EXPECTED_PATH,
    });
    expect(said.operations.map(({ service, operation, selfNs }) => `${service} ${operation} ${selfNs}`)).toEqual([
      'shop price 400000',
      'bank POST /charge 300000',
      'shop POST /checkout 200000',
      'shop charge 100000',
    ]);
    expect(said.errors).toMatchObject([{ spanId: '00000000000000a4', message: 'no funds', end: 'swallowed' }]);
  });

  it('reads standard input', async () => {
    expect((await analyzed(['-'], otlpText())).criticalPath).toEqual(EXPECTED_PATH);
  });

  it('writes a table that a terminal of 80 columns holds', async () => {
    const { code, out } = await pharos(['analyze', await fileWith('t.json', otlpText())]);
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.slice(0, 9)).toEqual([
      'Trace 4bf92f3577b34da6a3ce929d0e0e4736',
      '1 ms, 4 spans, from 2026-09-21T14:13:20.000Z',
      'Root shop: POST /checkout, 1 ms',
      '',
      'Where the time went',
      'service: operation               spans     self critical   share   slack   saves',
      'shop: price                          1   400 µs   400 µs  40.0 %       0  400 µs',
      'bank: POST /charge                   1   300 µs   300 µs  30.0 %       0  300 µs',
      'shop: POST /checkout                 1   200 µs   200 µs  20.0 %       0    1 ms',
    ]);
    expect(out).toContain('   550 µs    300 µs bank: POST /charge');
    expect(out).toContain('- bank: POST /charge failed at 850 µs: no funds.');
  });

  it('shows names from a trace without letting them do anything', async () => {
    const evil = otlpText().replace('"price"', JSON.stringify('\u001b[31mred\u202e\n'));
    const { out } = await pharos(['analyze', await fileWith('t.json', evil)]);
    expect(out).toContain('shop:  [31mred ');
    expect(out).not.toContain('\u001b');
  });

  it('shows ids from a trace without letting them do anything', async () => {
    const evil = (id: string) => otlpText(`\u001b[31m${id}\u009b\u202e${'x'.repeat(100)}`);
    const { out } = await pharos(['analyze', await fileWith('t.json', evil('red'))]);
    expect(out.split('\n')[0]).toMatch(/^Trace {2}\[31mred x{60,}…$/);
    const { error } = await pharos(['analyze', await fileWith('two.jsonl', `${evil('a')}\n${evil('b')}\n`)]);
    expect(error).toContain('They are "\\u001b[31ma ');
    expect(out + error).not.toMatch(/[\u001b\u009b\u202e]/);
  });

  it('picks one of several traces, and lists them where none is named', async () => {
    const file = await fileWith('two.jsonl', `${otlpText('a1')}\n${otlpText('b2')}\n`);
    expect((await analyzed([file, '--trace', 'B2'])).traceId).toBe('b2'.padStart(32, '0'));
    const { code, out, error } = await pharos(['analyze', file]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('2 traces');
    expect(error).toContain('a1'.padStart(32, '0'));
    expect(error).toContain('--trace');
    expect(error).toMatch(/two\.jsonl: .* Name it with --trace ID\.\n$/);
    expect((await pharos(['analyze', file, '--trace', 'c3'])).error).toContain('two.jsonl: There is no trace c3');
  });

  it('says why there is no path', async () => {
    const still = otlpText().replaceAll(/"endTimeUnixNano":"\d+"/g, '"endTimeUnixNano":"1790000000000000000"');
    const file = await fileWith('t.json', still);
    const said = await analyzed([file]);
    expect(said.criticalPathNotComputed).toMatch(
      /^because the root \(shop: POST \/checkout, 00000000000000a1\) is 0 ns long/
    );
    expect((await pharos(['analyze', file])).out).toContain('- Not computed, because the root');
  });

  it('takes times as recorded, and sets clocks right where that is asked', async () => {
    const skewed = otlpText()
      .replace('1790000000000550000', '1789999000000550000')
      .replace('1790000000000850000', '1789999000000850000');
    const file = await fileWith('t.json', skewed);
    const words = 'clocks differ, and times are as recorded';
    const recorded = await analyzed([file]);
    expect(recorded.criticalPath.map(({ spanId }) => spanId)).not.toContain('00000000000000a4');
    expect(recorded.warnings).toEqual([
      { code: 'clock_skew', message: expect.stringContaining(words), count: 1, spanIds: [] },
    ]);
    expect((await pharos(['analyze', file])).out.replaceAll(/\s+/g, ' ')).toContain(words);
    expect((await pharos(['analyze', file, '--adjust-skew'])).out.replaceAll(/\s+/g, ' ')).not.toContain(words);
    const adjusted = await analyzed([file, '--adjust-skew']);
    expect(adjusted.criticalPath).toEqual(EXPECTED_PATH);
    expect(adjusted.warnings).toMatchObject([{ code: 'clock_skew', message: expect.not.stringContaining(words) }]);
  });
});

describe('pharos trace analyze, of what is no trace', () => {
  const refused = async (args: readonly string[]) => {
    const { code, out, error } = await pharos(args);
    expect(out).toBe('');
    return { code, error };
  };

  it('names the file and what was expected', async () => {
    const page = await fileWith('page.json', '<!doctype html><title>Login</title>');
    const cut = await fileWith('cut.json', otlpText().slice(0, 300));
    const broken = await fileWith('broken.gz', gzipSync(otlpText()).subarray(0, 50));
    const none = path.join(folder, 'none.json');
    await mkdir(path.join(folder, 'sub'));
    expect([
      await refused(['analyze', none]),
      await refused(['analyze', path.join(folder, 'sub')]),
      await refused(['analyze', page]),
      await refused(['analyze', cut]),
      await refused(['analyze', broken]),
    ]).toEqual([
      {
        code: 1,
        error: `There is no file ${none}, and a trace id it is not: expected a file, "-" or 1 to 32 hexadecimal digits.\n`,
      },
      { code: 1, error: `${path.join(folder, 'sub')} is a folder; expected a file with a trace.\n` },
      { code: 1, error: expect.stringMatching(/page\.json: The input is a web page or XML.*expected OTLP JSON/) },
      { code: 1, error: expect.stringMatching(/cut\.json: The input is not JSON/) },
      { code: 1, error: expect.stringMatching(/broken\.gz: It is packed with gzip, and cannot be unpacked/) },
    ]);
  });

  it('reads no file of more than 1 GiB', async () => {
    const file = await fileWith('large.json', otlpText());
    // Sparse: it takes no room.
    await truncate(file, 1024 ** 3 + 1);
    expect(await refused(['analyze', file])).toEqual({
      code: 1,
      error: `${file}: more than 1 GiB are too much; expected at most 1 GiB.\n`,
    });
    await truncate(file, 3 * 1024 ** 3);
    expect((await refused(['analyze', file])).error).toBe(`${file}: 3 GiB are too much; expected at most 1 GiB.\n`);
  });

  it('says what is wrong with the line', async () => {
    expect(await refused(['analyze'])).toMatchObject({ code: 2, error: expect.stringContaining('Nothing to analyse') });
    expect(await refused(['analyze', 'a', 'b'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('more than one file: "b"'),
    });
    expect(await refused(['analyze', 'a', '--format', 'xml'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('--format is "xml": expected table or json.'),
    });
    expect(await refused(['analyze', 'a', '--trace', ''])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^--trace is empty: expected the id of a trace\./),
    });
    expect(await refused(['analyse', 'a'])).toEqual({
      code: 2,
      error: 'pharos trace has no "analyse". Did you mean "analyze"?\n',
    });
  });

  it('explains itself', async () => {
    expect((await pharos(['--help'])).out).toMatch(/^Usage: pharos trace <command> \[options\]\n\n {2}analyze/);
    const { code, out } = await pharos(['analyze', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('--adjust-skew');
  });
});

describe('pharos trace analyze, with an id', () => {
  let server: Server;
  let url: string;
  const asked: Array<string | undefined> = [];
  beforeEach(async () => {
    asked.length = 0;
    server = createServer((request, response) => {
      asked.push(request.url);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          traceId: 'ab',
          document: JSON.parse(otlpText()),
          settling: true,
          problem: 'half of it is gone',
        })
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('asks the engine, and passes on what it says besides', async () => {
    const { code, out, error } = await pharos(['analyze', '4bf92f3577b34da6a3ce929d0e0e4736'], { url });
    expect(asked).toEqual(['/api/v1/traces/4bf92f3577b34da6a3ce929d0e0e4736']);
    expect({ code, error }).toEqual({
      code: 0,
      error:
        'half of it is gone\nThe trace ended a moment ago or still goes on: spans may be missing yet. Ask again in half a minute.\n',
    });
    expect(out).toContain('shop: price');
  });

  it('says that no engine answers', async () => {
    const { code, error } = await pharos(['analyze', 'abc']);
    expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('The engine does not answer') });
  });
});

describe('readTraces, with a limit', () => {
  const io: Io = { out: () => undefined, error: () => undefined, environment: {} };
  const content = Buffer.from(otlpText());
  const maxBytes = 1024;
  async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 100) {
      yield bytes.subarray(at, at + 100);
    }
  }

  it('stops reading standard input at it', async () => {
    const input = chunks(content);
    await expect(readTraces('-', io, { input, maxBytes })).rejects.toMatchObject({
      message: 'Standard input: more than 1 KiB are too much; expected at most that.',
    });
    expect((await input.next()).done).toBe(true);
  });

  it('stops unpacking at it, of a file and of standard input', async () => {
    const packed = gzipSync(content);
    expect(packed.length).toBeLessThan(maxBytes);
    const file = await fileWith('t.json.gz', packed);
    const why = 'It is packed with gzip, and cannot be unpacked: unpacked it is more than 1 KiB.';
    await expect(readTraces(file, io, { maxBytes })).rejects.toMatchObject({ message: `${file}: ${why}` });
    await expect(readTraces('-', io, { input: chunks(packed), maxBytes })).rejects.toMatchObject({
      message: `Standard input: ${why}`,
    });
  });

  it('reads all that is as long as it', async () => {
    const exactly = { maxBytes: content.length };
    const file = await fileWith('t.json', content);
    const packed = await fileWith('t.json.gz', gzipSync(content));
    for (const read of [
      readTraces('-', io, { input: chunks(content), ...exactly }),
      readTraces(file, io, exactly),
      readTraces(packed, io, exactly),
    ]) {
      expect((await read).traces.map(({ size }) => size)).toEqual([4]);
    }
  });
});
