import { bySeverity } from '../../../src/core/alerts/severity.ts';
import { sinceMs, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import type { StandingAlert } from '../../store/store.ts';
import { readCountedAlerts } from '../frames/countedAlerts.ts';

/** Of each service, what so many say is read; the others have an empty summary. */
export const TOLD_ALERTS = 5;

export type AlertsThen =
  | { readonly known: true; readonly byService: ReadonlyMap<string, readonly StandingAlert[]> }
  /** `why` is a sentence. */
  | { readonly known: false; readonly why: string };

export interface ThenWanted {
  readonly namespace: string;
  readonly at: EpochMs;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

const unknown = (because: string): AlertsThen => ({
  known: false,
  why: `Which alerts were open then is not known: ${because}`,
});
const unrecorded = (since: EpochMs): AlertsThen =>
  unknown(`the history of alerts goes back to ${new Date(since).toISOString()}.`);

/** The alerts that stood open at a moment of the past, worst first, as the history of their states has it. */
export async function readAlertsThen(deps: Deps, wanted: ThenWanted): Promise<AlertsThen> {
  const { namespace, at, now, signal } = wanted;
  const { history } = deps.store.read;
  const beginsAt = await history.beginsAt(namespace);
  if (beginsAt === null) {
    return unknown('none was ever recorded here.');
  }
  if (beginsAt > at) {
    return unrecorded(beginsAt);
  }
  const { changes, alerts, since } = await readCountedAlerts({ deps, namespace, from: at, to: at, now, signal }, {});
  if (since > at) {
    return sinceMs(since, now) >= deps.config.retention
      ? unrecorded(since)
      : unknown('more alerts have ended since than are read at once.');
  }
  const stood = changes.flatMap(({ alertId, state, severity }): StandingAlert[] => {
    const alert = alerts.get(alertId);
    const stands = state === 'firing' || state === 'no_data' || state === 'stale';
    return alert !== undefined && stands
      ? [{ id: alertId, service: alert.service, state, severity, summary: '', startsAt: alert.startsAt }]
      : [];
  });
  const byService = Map.groupBy(stood.toSorted(byUrgency), ({ service }) => service);
  const told = [...byService.values()].flatMap((own) => own.slice(0, TOLD_ALERTS).map(({ id }) => id));
  const summaries = await history.lastSummaries(namespace, told, at);
  return {
    known: true,
    byService: new Map(
      [...byService].map(([service, own]) => [
        service,
        own.map((alert) => ({ ...alert, summary: summaries.get(alert.id) ?? '' })),
      ])
    ),
  };
}

const byUrgency = (a: StandingAlert, b: StandingAlert): number =>
  bySeverity(a.severity, b.severity) || a.startsAt - b.startsAt;
