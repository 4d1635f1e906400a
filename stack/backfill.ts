import { createWriteStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { runProgram } from './runProgram.ts';

const importTimeoutMs = 120_000;
const endOfText = '# EOF';
/** A ULID. */
const blockName = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const metaSchema = z.object({ minTime: z.number() });

export interface Backfill {
  readonly promtool: string;
  /** Prometheus's own folder: its database is `tsdb` below it. */
  readonly dataDir: string;
  /** Lines of OpenMetrics, oldest first per series. */
  readonly lines: Iterable<string>;
  readonly signal: AbortSignal;
}

/** Whether Prometheus has never run in this folder: only then is it given a past. */
export async function isFirstStart(dataDir: string): Promise<boolean> {
  try {
    await access(path.join(dataDir, 'tsdb'));
    return false;
  } catch {
    return true;
  }
}

/**
 * Gives Prometheus a past, before its first start. The blocks appear all or not at all: they are made in a folder
 * beside the database.
 *
 * @throws Error with what promtool said
 */
export async function backfill({ promtool, dataDir, lines, signal }: Backfill): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const text = path.join(dataDir, 'history.om');
  try {
    await writeOpenMetrics(text, lines);
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', text, path.join(dataDir, 'tsdb')];
    const { code, output } = await runProgram(promtool, args, { timeoutMs: importTimeoutMs, signal });
    if (code !== 0) {
      await rm(path.join(dataDir, 'tsdb'), { recursive: true, force: true });
      throw new Error(`promtool refused the generated history: ${output.trim().split('\n').slice(-2).join(' / ')}`);
    }
  } finally {
    await rm(text, { force: true });
  }
}

/** The time, in epoch milliseconds, of the oldest sample in the blocks of a database; undefined when it has none. */
export async function readOldestBlock(dataDir: string): Promise<number | undefined> {
  const tsdb = path.join(dataDir, 'tsdb');
  const names = (await readdir(tsdb).catch(() => [])).filter((name) => blockName.test(name));
  const times = await Promise.all(names.map((name) => readMinTime(path.join(tsdb, name, 'meta.json'))));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function readMinTime(file: string): Promise<number | undefined> {
  try {
    return metaSchema.parse(JSON.parse(await readFile(file, 'utf8'))).minTime;
  } catch {
    return undefined;
  }
}

/**
 * Adds a piece of the past to a database, also while its Prometheus runs: blocks are made in a folder beside it and moved in
 * whole; Prometheus sees them within a minute.
 *
 * @returns how many blocks were added
 * @throws Error with what promtool said
 */
export async function addPast({ promtool, dataDir, lines, signal }: Backfill): Promise<number> {
  const folder = path.join(dataDir, 'past');
  const text = path.join(dataDir, 'past.om');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await writeOpenMetrics(text, lines);
    const args = ['tsdb', 'create-blocks-from', '--max-block-duration=24h', 'openmetrics', '--quiet', text, folder];
    const { code, output } = await runProgram(promtool, args, { timeoutMs: importTimeoutMs, signal });
    if (code !== 0) {
      throw new Error(`promtool refused the generated history: ${output.trim().split('\n').slice(-2).join(' / ')}`);
    }
    const blocks = (await readdir(folder)).filter((name) => blockName.test(name));
    for (const name of blocks) {
      await rename(path.join(folder, name), path.join(dataDir, 'tsdb', name));
    }
    return blocks.length;
  } finally {
    await rm(text, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes lines as one OpenMetrics text with its end mark. */
export async function writeOpenMetrics(file: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(terminate(lines)), createWriteStream(file));
}

/** OpenMetrics texts end on `# EOF`: without it a text that was cut off would count as whole. */
function* terminate(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    if (line.trimEnd() !== endOfText) {
      yield line.endsWith('\n') ? line : `${line}\n`;
    }
  }
  yield `${endOfText}\n`;
}
