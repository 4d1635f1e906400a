import { APP_PATH } from '../host/pluginIds.ts';
import { own, ownText } from './own.ts';

const TRACE_ID = /^[0-9a-f]{1,32}$/i;

/** Around the trace, so that Tempo looks into a few blocks and not into all. */
const MARGIN_MS = 5 * 60_000;

const number = (value: unknown, name: string): number | undefined => {
  const found = own(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
};

/**
 * For Grafana's own view of a trace: the page of the same trace in Pharos.
 * @param context Grafana's `TraceViewPluginExtensionContext`; its times are microseconds
 * @returns undefined when there is no trace, so that the link is not offered
 */
export function traceLink(context: unknown): { readonly path: string } | undefined {
  const id = ownText(context, 'traceID');
  if (!TRACE_ID.test(id)) {
    return undefined;
  }
  return { path: `${APP_PATH}/traces/${id.toLowerCase()}${windowOf(context)}` };
}

function windowOf(context: unknown): string {
  const start = number(context, 'startTime');
  const from = new Date((start ?? Number.NaN) / 1000 - MARGIN_MS);
  const to = new Date(from.getTime() + (number(context, 'duration') ?? 0) / 1000 + 2 * MARGIN_MS);
  const inRange = !Number.isNaN(from.getTime()) && !Number.isNaN(to.getTime());
  return inRange ? `?${new URLSearchParams({ from: from.toISOString(), to: to.toISOString() }).toString()}` : '';
}
