import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { backfill, isFirstStart, writeOpenMetrics } from './backfill.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-backfill-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const lines = ['# TYPE x counter', 'x_total{generated="true"} 1 1', 'x_total{generated="true"} 2 2'];

/** A promtool that keeps a copy of what it is given. */
async function fakePromtool(script: string): Promise<string> {
  const file = path.join(folder, 'promtool');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('writeOpenMetrics', () => {
  it.each([
    ['without an end mark', lines],
    ['with one', [...lines, '# EOF']],
    ['with line ends of their own', [...lines.map((line) => `${line}\n`), '# EOF\n']],
  ])('ends the text once for lines %s', async (_, given) => {
    const file = path.join(folder, 'history.om');
    await writeOpenMetrics(file, given);
    expect(await readFile(file, 'utf8')).toBe(`${lines.join('\n')}\n# EOF\n`);
  });
});

describe('backfill', () => {
  const signal = new AbortController().signal;

  it('hands the lines to promtool, makes blocks in the database, and leaves nothing else', async () => {
    const promtool = await fakePromtool(
      `echo "$*" | sed "s#${folder}#DATA#g" > ${folder}/args; cp "$5" ${folder}/given; mkdir -p "$6"`
    );
    const dataDir = path.join(folder, 'prometheus');
    expect(await isFirstStart(dataDir)).toBe(true);
    await backfill({ promtool, dataDir, lines, signal });
    expect(await readFile(path.join(folder, 'args'), 'utf8')).toBe(
      'tsdb create-blocks-from openmetrics --quiet DATA/prometheus/history.om DATA/prometheus/tsdb\n'
    );
    expect(await readFile(path.join(folder, 'given'), 'utf8')).toContain('# EOF');
    expect(await readdir(dataDir)).toEqual(['tsdb']);
    expect(await isFirstStart(dataDir)).toBe(false);
  });

  it('leaves no half-made database behind', async () => {
    const promtool = await fakePromtool('mkdir -p "$6/half"; echo "error: unexpected end" >&2; exit 1');
    const dataDir = path.join(folder, 'prometheus');
    await mkdir(dataDir);
    await expect(backfill({ promtool, dataDir, lines, signal })).rejects.toThrow(
      'promtool refused the generated history: error: unexpected end'
    );
    expect(await readdir(dataDir)).toEqual([]);
  });
});
