import { createWriteStream } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runProgram } from './runProgram.ts';

const importTimeoutMs = 120_000;
const endOfText = '# EOF';

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
