import path from 'node:path';
import { addPast, readOldestBlock } from '../stack/backfill.ts';
import { getArchitecture, isAtHand, locate, type LocateOptions } from '../stack/locate.ts';
import { getProgramCache } from '../stack/paths.ts';
import { prometheus } from '../stack/prometheus.ts';
import { formatDuration, parseDuration, type DurationMs } from '../src/core/units.ts';
import { getDataDir } from './dataDir.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const defaultStep = '15s';
/** Series of the shop, and what one of their samples takes on disk. */
const seriesCount = 430;
const bytesPerSample = 1.5;

const usage = `Usage: npm run demo -- backfill <span> [--step ${defaultStep}] [--dry-run] [--data DIR]

Gives the Prometheus of npm start a past: the traffic that the shop would have had, with a daily shape and a few incidents
each week, before everything that is there already. Every series of it is marked generated="true". It may run meanwhile, and
sees the new blocks within a minute. What was begun and cut off goes on where it was.

  <span>     how far back, such as 30d; Prometheus drops what is older than its retention (100d)
  --dry-run  say what would be written, and write nothing`;

const options = {
  'dry-run': { type: 'boolean', default: false },
  step: { type: 'string', default: defaultStep },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Request {
  readonly span: DurationMs;
  readonly step: DurationMs;
  readonly dryRun: boolean;
  /** Of Prometheus. */
  readonly folder: string;
}

export async function runBackfill(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = strictOptions(argv, options, 'words');
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const [span, step] = [parseDuration(positionals[0] ?? ''), parseDuration(values.step)];
  if (span === undefined || !step || positionals.length !== 1) {
    throw new UsageError(`Expected one span such as 30d, and a step such as ${defaultStep}.`);
  }
  const folder = path.join(getDataDir(values.data, io.environment), 'prometheus');
  try {
    return await backfillDays({ span, step, dryRun: values['dry-run'], folder }, io);
  } catch (error) {
    io.error(`The past is not complete: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function backfillDays(request: Request, io: Io): Promise<number> {
  const { span, step, dryRun, folder } = request;
  const oldest = await readOldestBlock(folder);
  if (oldest === undefined) {
    io.error(`There is no Prometheus with data in ${folder}: start it with npm start (natively) once, and try again.`);
    return 1;
  }
  const pieces = planPieces({ from: Date.now() - span, to: oldest - step });
  if (pieces.length === 0) {
    io.out(`The past reaches back to ${new Date(oldest).toISOString()} already.`);
    return 0;
  }
  const samples = Math.round(((oldest - (Date.now() - span)) / step) * seriesCount);
  const size = `${pieces.length} pieces of a day, about ${Math.ceil(samples / 1e6)} million samples, ${Math.ceil((samples * bytesPerSample) / 1e6)} MB`;
  if (dryRun) {
    io.out(
      `Would write ${formatDuration(span)} of past up to ${new Date(oldest).toISOString()} to ${folder}: ${size}.`
    );
    return 0;
  }
  const promtool = await findPromtool(io);
  if (promtool === undefined) {
    io.error('promtool is not on this machine: it comes with Prometheus, which npm start builds or fetches.');
    return 1;
  }
  io.out(`Writing ${size}.`);
  return writePieces(request, { pieces, promtool, io });
}

/** The newest day first, so that the past has no gap wherever this ends. */
export function planPieces({ from, to }: Span): readonly Span[] {
  const pieces: Span[] = [];
  for (let end = to; end > from; end = Math.floor((end - 1) / dayMs) * dayMs - 1) {
    pieces.push({ from: Math.max(from, Math.floor((end - 1) / dayMs) * dayMs), to: end });
  }
  return pieces.filter((piece) => piece.to > piece.from);
}

/** The week that a piece lies in: incidents come over all of it, and not each day at the same time. */
const weekOf = ({ from }: Span): Span => {
  const start = Math.floor(from / weekMs) * weekMs;
  return { from: start, to: start + weekMs };
};

async function writePieces(
  { folder, step }: Request,
  { pieces, promtool, io }: { pieces: readonly Span[]; promtool: string; io: Io }
): Promise<number> {
  const { backfillOpenMetrics } = await import('../demo/backfill.ts');
  const end = new AbortController();
  const stop = (): void => end.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    for (const [index, piece] of pieces.entries()) {
      const lines = backfillOpenMetrics({ ...piece, stepMs: step, incidentsOver: weekOf(piece) });
      await addPast({ promtool, dataDir: folder, lines, signal: end.signal });
      io.out(`  ${index + 1} of ${pieces.length}: back to ${new Date(piece.from).toISOString()}`);
      if (end.signal.aborted) {
        io.out('Stopped; the same command goes on from here.');
        return 1;
      }
    }
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  io.out('Done. Prometheus sees it within a minute.');
  return 0;
}

async function findPromtool({ environment }: Io): Promise<string | undefined> {
  const search: LocateOptions = {
    searchPath: (environment.PATH ?? '').split(path.delimiter).filter(Boolean),
    cache: getProgramCache(environment),
    architecture: getArchitecture(),
    report: () => undefined,
    signal: new AbortController().signal,
  };
  const located = (await isAtHand(prometheus, search)) ? await locate(prometheus, search) : undefined;
  return located?.program === undefined ? undefined : path.join(path.dirname(located.program), 'promtool');
}
