import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateTrace, traceShapes, type TraceOrder, type TraceShape } from '../demo/generateTrace.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

const maxSpans = 5_000_000;

const usage = `Usage: npm run demo -- trace --out trace.json [--spans 100000] [--shape shop] [--seed 1]

Writes one made-up trace as OTLP JSON, to try views and commands on one that is large. The same seed makes the same trace, but for
its time, which is now. Without --out it goes to standard output; use npm run -s then, as npm writes there too.

  --spans  how many, up to ${maxSpans}
  --shape  shop: a job that sends many requests; chain: each span below the one before; wide: all below one`;

const options = {
  spans: { type: 'string', default: '100000' },
  shape: { type: 'string', default: 'shop' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function runTrace(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, options);
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const spans = wholeNumber(values.spans, { least: 1, most: maxSpans });
  const seed = wholeNumber(values.seed, { least: 0, most: 2 ** 32 - 1 });
  const shape = traceShapes.find((one) => one === values.shape);
  if (spans === undefined || seed === undefined || shape === undefined) {
    throw new UsageError(describeFault({ spans, seed, shape }, values));
  }
  return writeTrace({ spans, seed, shape, startMs: Date.now() }, values.out, io);
}

async function writeTrace(order: TraceOrder, file: string | undefined, io: Io): Promise<number> {
  const pieces = Readable.from(generateTrace(order));
  try {
    await (file === undefined
      ? pipeline(pieces, process.stdout, { end: false })
      : pipeline(pieces, createWriteStream(file)));
    return 0;
  } catch (error) {
    // Whoever reads has enough, as `head` does.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') {
      return 0;
    }
    io.error(`The trace is not complete: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

function wholeNumber(text: string, { least, most }: { least: number; most: number }): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

interface Understood {
  readonly spans: number | undefined;
  readonly seed: number | undefined;
  readonly shape: TraceShape | undefined;
}

function describeFault(
  { spans, seed }: Understood,
  given: Readonly<Record<'spans' | 'seed' | 'shape', string>>
): string {
  if (spans === undefined) {
    return `Expected --spans from 1 to ${maxSpans}, got "${given.spans}".`;
  }
  return seed === undefined
    ? `Expected --seed as a whole number below 2^32, got "${given.seed}".`
    : `Expected --shape as one of ${traceShapes.join(', ')}, got "${given.shape}".`;
}
