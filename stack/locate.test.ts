import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { getBuildArgs } from './build.ts';
import { isAtHand, locate, type LocateOptions } from './locate.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';
import { prometheus } from './prometheus.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'pharos-locate-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function addProgram(folder: string, name: string, script: string): Promise<string> {
  const file = path.join(root, folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

/** A part that is nowhere but where the test puts it, and whose archive is on a port where nothing listens. */
const part: Part = {
  name: 'tempo',
  version: '2.10.8',
  brings: 'traces',
  advice: 'Install tempo.',
  majors: [2],
  programs: ['pharos-test-tempo'],
  usualPlaces: [],
  archive: () => ({ url: 'http://127.0.0.1:65001/tempo.tar.gz', checksumUrl: 'http://127.0.0.1:65001/SHA256SUMS' }),
  ports: { http: 3200 },
  healthPath: '/ready',
  launch: () => ({ args: [], environment: {} }),
};

function makeOptions(changes: Partial<LocateOptions> = {}): LocateOptions {
  return {
    searchPath: [path.join(root, 'a'), path.join(root, 'b')],
    cache: path.join(root, 'cache'),
    architecture: 'amd64',
    report: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
}

describe('locate', () => {
  it('takes the program on PATH, with the version it says', async () => {
    const program = await addProgram('b', 'pharos-test-tempo', 'echo "tempo, version 2.9.1 (branch: x)"');
    await addProgram('cache/tempo-2.10.8', 'pharos-test-tempo', 'exit 0');
    expect(await locate(part, makeOptions())).toEqual({ program, version: '2.9.1', how: '2.9.1, installed' });
  });

  it('goes on to the cache when the one on PATH is of another major version', async () => {
    await addProgram('a', 'pharos-test-tempo', 'echo "tempo, version 3.0.0"');
    const cached = await addProgram('cache/tempo-2.10.8', 'pharos-test-tempo', 'exit 0');
    expect(await locate(part, makeOptions())).toEqual({
      program: cached,
      version: '2.10.8',
      how: '2.10.8, from the cache',
    });
  });

  it('finds an unpacked archive in the cache by its bin folder', async () => {
    const cached = await addProgram('cache/tempo-2.10.8/bin', 'pharos-test-tempo', 'exit 0');
    expect(await locate(part, makeOptions())).toEqual({
      program: cached,
      version: '2.10.8',
      how: '2.10.8, from the cache',
    });
    expect(await isAtHand(part, makeOptions())).toBe(true);
  });

  it('wants all programs of a part side by side', async () => {
    await addProgram('a', 'pharos-test-tempo', 'echo version 2.10.8');
    const both: Part = { ...part, programs: ['pharos-test-tempo', 'pharos-test-tool'] };
    expect(await isAtHand(both, makeOptions())).toBe(false);
  });

  it('says every reason and how to get it', async () => {
    await addProgram('a', 'pharos-test-tempo', 'echo version 3.1.0');
    const program = path.join(root, 'a', 'pharos-test-tempo');
    const lines: string[] = [];
    const located = await locate(part, makeOptions({ report: (line) => lines.push(line) }));
    expect(located.program).toBeUndefined();
    expect(located).toMatchObject({
      because: expect.stringMatching(
        /is version 3\.1\.0, expected 2; 127\.0\.0\.1:65001 could not be reached: .*\. Install tempo\.$/
      ),
    });
    expect(located).toMatchObject({ because: expect.stringContaining(program) });
    expect(lines).toEqual(['fetching tempo 2.10.8 from 127.0.0.1:65001']);
  });

  it('fetches nothing for a machine that no archive is made for', async () => {
    const located = await locate(part, makeOptions({ architecture: undefined }));
    expect(located).toMatchObject({ because: expect.stringContaining('not installed; no archive is published for') });
  });

  it('ends at once when it is no longer wanted', async () => {
    const located = await locate(part, makeOptions({ signal: AbortSignal.abort() }));
    expect(located).toEqual({ program: undefined, because: 'the start was stopped' });
  });
});

describe('parts', () => {
  it.each(parts.map((each) => [each.name, each] as const))('fetch %s over https from its vendor', (_, each) => {
    for (const architecture of ['amd64', 'arm64'] as const) {
      const { url, checksumUrl } = each.archive(architecture);
      expect(url).toContain(each.version);
      expect(url).toContain(architecture);
      for (const address of [url, checksumUrl]) {
        expect(address).toMatch(/^https:\/\/(github\.com\/(grafana|prometheus)|dl\.grafana\.com)\//);
      }
    }
  });

  it('are built without paths and secrets of the machine in them', () => {
    const build = prometheus.goBuild;
    expect(build && getBuildArgs(build, '/out')).toEqual([
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-tags=netgo,remove_all_sd',
      '-ldflags=-s -w -X github.com/prometheus/common/version.Version=3.14.0',
      '-o',
      '/out/',
      'github.com/prometheus/prometheus/cmd/prometheus',
      'github.com/prometheus/prometheus/cmd/promtool',
    ]);
  });
});
