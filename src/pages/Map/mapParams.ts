import { LEAST_WINDOW, LONGEST_WINDOW } from '../../core/serviceMap/serviceMap.ts';
import {
  durationMs,
  epochMs,
  formatDuration,
  hours,
  minutes,
  parseDuration,
  type DurationMs,
  type EpochMs,
} from '../../core/units.ts';
import type { QueryParams } from '../../host/useLocation.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';

export const WINDOWS: readonly DurationMs[] = [minutes(5), minutes(15), hours(1), hours(6)];
const DEFAULT_WINDOW = minutes(15);
/** A moment nearer to now than this is not the past. */
const LEAST_BACK = minutes(1);

/** With what the map is compared: as long a window so long ago, or one that ends at a moment. */
export type BaselineChoice = { readonly ago: DurationMs } | { readonly at: EpochMs } | undefined;

/** What the address says of the map. */
export interface MapParams {
  /** End of the window; undefined for now. */
  readonly at: EpochMs | undefined;
  readonly window: DurationMs;
  readonly baseline: BaselineChoice;
  readonly around: string | undefined;
  readonly depth: number;
  readonly errorsOnly: boolean;
  readonly namespace: string | undefined;
  readonly search: string;
  readonly chosen: Chosen;
  /** Undefined: whichever fits the screen. */
  readonly view: 'map' | 'list' | undefined;
}

/** `Date.parse` alone takes "-3" for a day in 2001. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T/;

function readTime(text = ''): EpochMs | undefined {
  const at = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? epochMs(at) : undefined;
}

function readBaseline(text: string | undefined): BaselineChoice {
  const ago = text === undefined ? undefined : parseDuration(text);
  if (ago !== undefined && ago > 0) {
    return { ago };
  }
  const at = readTime(text);
  return at === undefined ? undefined : { at };
}

function readChosen(params: Pick<QueryParams, 'get'>): Chosen {
  const [node, edge] = [params.get('node'), params.get('edge')];
  if (node !== undefined) {
    return { node };
  }
  return edge === undefined ? null : { edge };
}

/** As much of a window as a map can hold. */
function readWindow(text = ''): DurationMs {
  const window = parseDuration(text);
  if (window === undefined || window < LEAST_WINDOW) {
    return DEFAULT_WINDOW;
  }
  return window > LONGEST_WINDOW ? LONGEST_WINDOW : window;
}

/** What makes no sense in an address is as if it were not there. */
export function readMapParams(params: Pick<QueryParams, 'get'>): MapParams {
  const depth = Number(params.get('depth') ?? '1');
  const view = params.get('view');
  return {
    at: readTime(params.get('at')),
    window: readWindow(params.get('window')),
    baseline: readBaseline(params.get('baseline')),
    around: params.get('around'),
    depth: Number.isInteger(depth) && depth >= 1 && depth <= 20 ? depth : 1,
    errorsOnly: params.get('errors') === '1',
    namespace: params.get('namespace'),
    search: params.get('q') ?? '',
    chosen: readChosen(params),
    view: view === 'map' || view === 'list' ? view : undefined,
  };
}

export const writeWindow = (window: DurationMs): string | null =>
  window === DEFAULT_WINDOW ? null : formatDuration(window);

export const writeTime = (at: number): string => new Date(at).toISOString();

/** @returns null for now */
export const writeAt = (at: number, now: number): string | null => (now - at < LEAST_BACK ? null : writeTime(at));

export const writeChosen = (chosen: Chosen): { readonly node: string | null; readonly edge: string | null } => ({
  node: chosen !== null && 'node' in chosen ? chosen.node : null,
  edge: chosen !== null && 'edge' in chosen ? chosen.edge : null,
});

/** Of the same filters, one text. */
export const scopeOf = ({ around, depth, errorsOnly, namespace }: MapParams): string =>
  JSON.stringify([around, around === undefined ? 0 : depth, errorsOnly, namespace]);

/**
 * The end of the baseline's window.
 * @param end of the map's own window
 */
export function baselineEnd(baseline: BaselineChoice, end: EpochMs): EpochMs | undefined {
  if (baseline === undefined) {
    return undefined;
  }
  const at = 'at' in baseline ? baseline.at : epochMs(end - baseline.ago);
  return at < end ? at : undefined;
}

/** The longest window, up to the one of the map, that has nothing of before a moment in it; a minute where none has. */
export function windowSince(moment: EpochMs, now: number, window: DurationMs): DurationMs {
  const fitting = [...WINDOWS, window].filter((one) => one <= window && one <= now - moment);
  return durationMs(Math.max(LEAST_WINDOW, ...fitting));
}
