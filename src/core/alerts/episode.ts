import type { EpochMs } from '../units.ts';
import type { Alert, AlertSource, AlertState } from './alert.ts';
import type { Transition, TransitionKind } from './transition.ts';

/** Id of an episode: `<fingerprint>-<first letter of the source><start in ms, base 36>`. */
export const episodeId = (source: AlertSource, fingerprint: string, startsAt: EpochMs): string =>
  `${fingerprint}-${source.charAt(0)}${startsAt.toString(36)}`;

/** What a pure step of the state machine gives back. */
export interface Step {
  readonly alert: Alert;
  /** In order; each has raised `alert.version` by one. */
  readonly transitions: readonly Transition[];
  /**
   * The transition that receivers are to be told of, if any. A fall in severity, an acknowledgement or staleness tells nobody.
   * Routing, silences and acknowledgements are weighed after this.
   */
  readonly announce: Transition | undefined;
}

export interface Event {
  readonly at: EpochMs;
  readonly actor: string;
  readonly reason: string;
}

/** Writes one transition and raises the version. */
export function advance(
  step: Step,
  kind: TransitionKind,
  change: { event: Event; to?: AlertState; fields?: Partial<Alert> }
): Step {
  const { event, to = step.alert.state, fields = {} } = change;
  const alert: Alert = { ...step.alert, ...fields, state: to, version: step.alert.version + 1 };
  const transition: Transition = {
    alertId: alert.id,
    at: event.at,
    kind,
    // A version of 0 is an episode that has no transition behind it yet.
    from: step.alert.version === 0 ? null : step.alert.state,
    to,
    severity: alert.severity,
    actor: event.actor,
    reason: event.reason,
    value: alert.value,
    detail: {},
  };
  return { alert, transitions: [...step.transitions, transition], announce: step.announce };
}

/** Marks the newest transition as the one to tell receivers of. */
export const announced = (step: Step): Step => ({ ...step, announce: step.transitions.at(-1) });

export const unchanged = (alert: Alert): Step => ({ alert, transitions: [], announce: undefined });
