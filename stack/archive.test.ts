import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { installArchive } from './archive.ts';
import { runProgram } from './runProgram.ts';

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** Announce this many bytes more than are sent, and hang up. */
  readonly missing?: number;
}

let root: string;
let server: http.Server;
let base: string;
const answers = new Map<string, Answer>();

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const answer = answers.get(request.url ?? '') ?? { status: 404, body: Buffer.from('not found') };
    const length = answer.body.length + (answer.missing ?? 0);
    response.writeHead(answer.status, { 'content-length': length });
    response.write(answer.body, () => {
      if (answer.missing === undefined) {
        response.end();
      } else {
        response.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  answers.clear();
  root = await mkdtemp(path.join(os.tmpdir(), 'pharos-archive-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

function hash(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

async function makeTar(): Promise<Buffer> {
  const folder = path.join(root, 'tempo-2.10.8');
  await mkdir(folder);
  await writeFile(path.join(folder, 'tempo'), '#!/bin/sh\necho tempo\n', { mode: 0o755 });
  const file = path.join(root, 'made.tar.gz');
  await runProgram('tar', ['-czf', file, '-C', root, 'tempo-2.10.8']);
  return readFile(file);
}

/** A zip archive with one deflated file, by APPNOTE.TXT. */
function makeZip(name: string, content: string): Buffer {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(packed.length, 0);
  sizes.writeUInt32LE(content.length, 4);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  sizes.copy(local, 18);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  sizes.copy(entry, 20);
  entry.writeUInt16LE(name.length, 28);
  const table = Buffer.concat([entry, Buffer.from(name)]);
  const before = Buffer.concat([local, Buffer.from(name), packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(before.length, 16);
  return Buffer.concat([before, table, end]);
}

function install(file: string): Promise<void> {
  return installArchive({
    archive: { url: `${base}/${file}`, checksumUrl: `${base}/SHA256SUMS` },
    architecture: 'amd64',
    programs: ['tempo'],
    folder: path.join(root, 'cache', 'tempo-2.10.8'),
    signal: new AbortController().signal,
  });
}

function publish(file: string, body: Buffer, sums: string): void {
  answers.set(`/${file}`, { status: 200, body });
  answers.set('/SHA256SUMS', { status: 200, body: Buffer.from(sums) });
}

async function expectNothingLeft(): Promise<void> {
  const left = await readdir(path.join(root, 'cache')).catch(() => []);
  expect(left).toEqual([]);
}

describe('installArchive', () => {
  it('unpacks an archive whose sum fits, without its outer folder', async () => {
    const body = await makeTar();
    publish('tempo.tar.gz', body, `${hash(body)}  tempo.tar.gz\n`);
    await install('tempo.tar.gz');
    expect(await readdir(path.join(root, 'cache'))).toEqual(['tempo-2.10.8']);
    const { mode } = await stat(path.join(root, 'cache', 'tempo-2.10.8', 'tempo'));
    expect(mode & 0o111).not.toBe(0);
  });

  it('takes a zip archive, and gives the program in it its plain name', async () => {
    const body = makeZip('tempo-linux-amd64', '#!/bin/sh\necho zipped\n');
    publish('tempo.zip', body, `${hash(body)}  tempo.zip\n`);
    await install('tempo.zip');
    const program = path.join(root, 'cache', 'tempo-2.10.8', 'tempo');
    expect((await runProgram(program, [])).output).toBe('zipped\n');
  });

  it('refuses a zip archive that names a file outside', async () => {
    const body = makeZip('../../outside', 'x');
    publish('tempo.zip', body, `${hash(body)}  tempo.zip\n`);
    await expect(install('tempo.zip')).rejects.toThrow('invalid relative path');
    await expect(access(path.join(root, 'outside'))).rejects.toThrow('ENOENT');
  });

  it('throws away an archive with another sum', async () => {
    const body = await makeTar();
    publish('tempo.tar.gz', body, `${'0'.repeat(64)}  tempo.tar.gz\n`);
    await expect(install('tempo.tar.gz')).rejects.toThrow(`has the SHA-256 sum ${hash(body)}: expected 0000`);
    await expectNothingLeft();
  });

  it('refuses an archive that has no line in the checksum file', async () => {
    const body = await makeTar();
    publish('tempo.tar.gz', body, `${hash(body)}  another.tar.gz\n`);
    await expect(install('tempo.tar.gz')).rejects.toThrow('has no SHA-256 sum for tempo.tar.gz');
    await expectNothingLeft();
  });

  it('refuses an archive without a checksum file', async () => {
    answers.set('/tempo.tar.gz', { status: 200, body: await makeTar() });
    await expect(install('tempo.tar.gz')).rejects.toThrow('/SHA256SUMS answered 404');
    await expectNothingLeft();
  });

  it('says that an archive broke off', async () => {
    const body = await makeTar();
    publish('tempo.tar.gz', body, `${hash(body)}  tempo.tar.gz\n`);
    answers.set('/tempo.tar.gz', { status: 200, body: body.subarray(0, 60), missing: body.length - 60 });
    await expect(install('tempo.tar.gz')).rejects.toThrow('broke off before its end');
    await expectNothingLeft();
  });

  it('keeps what is in the cache already when the new one is no good', async () => {
    const kept = path.join(root, 'cache', 'tempo-2.10.8');
    await mkdir(kept, { recursive: true });
    await writeFile(path.join(kept, 'tempo'), 'old');
    publish('tempo.tar.gz', Buffer.from('no archive'), `${hash(Buffer.from('no archive'))}  tempo.tar.gz\n`);
    await expect(install('tempo.tar.gz')).rejects.toThrow('tar could not unpack');
    expect(await readFile(path.join(kept, 'tempo'), 'utf8')).toBe('old');
  });

  it('says which host could not be reached', async () => {
    const free = http.createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    await new Promise((resolve) => free.close(resolve));
    const attempt = installArchive({
      archive: { url: `http://${host}/a.zip`, checksumUrl: `http://${host}/SHA256SUMS` },
      architecture: 'amd64',
      programs: ['tempo'],
      folder: path.join(root, 'cache', 'x'),
      signal: new AbortController().signal,
    });
    await expect(attempt).rejects.toThrow(`${host} could not be reached`);
  });
});
