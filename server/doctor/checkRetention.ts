import { request } from 'undici';
import { z } from 'zod';
import { days, formatDuration, parseDuration } from '../../src/core/units.ts';
import { builtInSources } from './builtInSources.ts';
import { fine, warning, type Check } from './check.ts';

const ANSWER_MS = 5000;
/** A month of past is what previews and objectives look back on. */
const NEEDED = days(31);

/** `100d`, `15d or 50GiB`. Stores without a limit of their own say nothing. */
const answerSchema = z.object({ data: z.object({ storageRetention: z.string() }) });

/** Whether Prometheus keeps as much past as Pharos looks back on. */
export const checkRetention: Check = async ({ settings, signal }) => {
  const prometheus = builtInSources(settings).find(({ kind }) => kind === 'prometheus');
  const stated = prometheus && (await askRetention(prometheus, signal));
  const kept = stated === undefined ? undefined : parseDuration(/^[\da-z.]+/.exec(stated)?.[0] ?? '');
  if (kept === undefined) {
    return [fine('No Prometheus says how long it keeps its data; a month is what previews look back on.')];
  }
  return kept < NEEDED
    ? [
        warning(
          `Prometheus keeps ${formatDuration(kept)} of data; previews and objectives look back a month.`,
          'Start Prometheus with --storage.tsdb.retention.time=100d.'
        ),
      ]
    : [fine(`Prometheus keeps ${formatDuration(kept)} of data.`)];
};

async function askRetention(
  { base, headers }: { base: string; headers: Readonly<Record<string, string>> },
  signal: AbortSignal
): Promise<string | undefined> {
  try {
    const answer = await request(`${base}/api/v1/status/runtimeinfo`, {
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    return answerSchema.parse(await answer.body.json()).data.storageRetention;
  } catch {
    return undefined;
  }
}
