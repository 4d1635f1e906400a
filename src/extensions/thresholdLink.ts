import { APP_PATH, DATASOURCE_ID } from '../host/pluginIds.ts';
import { items, own, ownText } from './own.ts';

/** Parameters of the thresholds page that fill in its form. */
type Prefill = Readonly<Record<string, string>>;

/** Grafana's own variables whose value a threshold may choose freely; a range of five minutes suits most scrape intervals. */
const RATE_WINDOW = /\$(?:\{__(?:rate_)?interval\}|__(?:rate_)?interval\b)/g;
const VARIABLE = /\$\w|\$\{|\[\[\w/;
const EXECUTED = /^Expr: ([\s\S]+?)(?:\nStep: .*)?$/;

const framesOf = (context: unknown, refId: string): unknown[] =>
  items(own(own(context, 'data'), 'series')).filter((frame) => ownText(frame, 'refId') === refId);

/** As Prometheus was asked it, with the dashboard's variables filled in; empty when it was not asked yet or was not Prometheus. */
function executedExpression(frames: readonly unknown[]): string {
  const asked = frames.map((frame) => ownText(own(frame, 'meta'), 'executedQueryString')).find((text) => text !== '');
  return EXECUTED.exec(asked ?? '')?.[1]?.trim() ?? '';
}

function ofPrometheus(context: unknown, target: unknown): Prefill | undefined {
  const expr =
    executedExpression(framesOf(context, ownText(target, 'refId'))) ||
    ownText(target, 'expr').trim().replace(RATE_WINDOW, '5m');
  return expr === '' || VARIABLE.test(expr) ? undefined : { expr };
}

function ofPharos(target: unknown): Prefill | undefined {
  const signal = ownText(target, 'signal');
  if (ownText(target, 'queryType') !== 'signals' || signal === '') {
    return undefined;
  }
  const [service, ...others] = items(own(target, 'services'));
  const isOne = typeof service === 'string' && others.length === 0 && !VARIABLE.test(service);
  return { signal, service: isOne ? service : '' };
}

function prefillOf(context: unknown, target: unknown): Prefill | undefined {
  if (own(target, 'hide') === true) {
    return undefined;
  }
  const type = ownText(own(target, 'datasource'), 'type');
  return type === DATASOURCE_ID
    ? ofPharos(target)
    : /prometheus/i.test(type)
      ? ofPrometheus(context, target)
      : undefined;
}

/** Where the threshold came from, for its history. */
function reasonOf(context: unknown): string {
  const [panel, dashboard] = [ownText(context, 'title'), ownText(own(context, 'dashboard'), 'title')];
  return panel === '' ? '' : `From the panel "${panel}"${dashboard === '' ? '' : ` of "${dashboard}"`}`.slice(0, 500);
}

/**
 * For the menu of a dashboard's panel: the thresholds page with its form filled in from the first query that Pharos can judge.
 * @param context Grafana's `PluginExtensionPanelContext`
 * @returns undefined when there is no such query, so that the link is not offered
 */
export function thresholdLink(context: unknown): { readonly path: string } | undefined {
  // The queries that ran name their data source; those of the panel may leave it to the panel.
  const targets = [...items(own(own(own(context, 'data'), 'request'), 'targets')), ...items(own(context, 'targets'))];
  for (const target of targets) {
    const prefill = prefillOf(context, target);
    if (prefill !== undefined) {
      const all = Object.entries({ new: '1', ...prefill, reason: reasonOf(context) });
      const params = new URLSearchParams(all.filter(([, value]) => value !== ''));
      return { path: `${APP_PATH}/thresholds?${params.toString()}` };
    }
  }
  return undefined;
}
