import type { Alert } from '../../src/core/alerts/alert.ts';
import { episodeId } from '../../src/core/alerts/episode.ts';
import type { Observation } from '../../src/core/alerts/observation.ts';
import { observe } from '../../src/core/alerts/observe.ts';
import { suppress } from '../../src/core/alerts/suppress.ts';
import { fingerprint } from '../../src/core/labels.ts';
import { epochMs, type EpochMs } from '../../src/core/units.ts';
import type { Transaction } from '../store/store.ts';
import { commitSteps, type CommitContext, type CommitStep } from './commitSteps.ts';
import type { SilencesInForce } from './matching.ts';

interface Seen {
  readonly observation: Observation;
  readonly print: string;
  /** Alerts of different sources are different, whatever their labels. */
  readonly key: string;
}

/** Takes observations of one namespace in order; afterwards alerts, history and notifications stand in the transaction. */
export async function ingestInto(
  tx: Transaction,
  observations: readonly Observation[],
  context: CommitContext
): Promise<void> {
  const seen = observations.map((observation): Seen => {
    const print = fingerprint(observation.labels);
    return { observation, print, key: keyOf(observation.source, print) };
  });
  const current = await findCurrent(tx, seen, context);
  const silences = await context.matching.suppression(tx, context.namespace, context.now);
  const steps: CommitStep[] = [];
  for (const { observation, key } of seen) {
    const before = current.get(key);
    const step = stepOf(before, observation, { ...context, silences });
    if (step !== undefined) {
      steps.push(step);
      current.set(key, step.alert);
    }
  }
  await commitSteps(tx, steps, context);
}

function stepOf(
  before: Alert | undefined,
  observation: Observation,
  context: CommitContext & { silences: SilencesInForce }
): CommitStep | undefined {
  const { alert, transitions, announce } = observe(before, observation, context);
  if (alert === undefined) {
    return undefined;
  }
  const moment = { now: context.now, inForce: context.silences.ids };
  const suppressed = suppress(traced(alert, before, context), context.silences.of(alert), moment);
  const all = [...transitions, ...suppressed.transitions];
  return {
    alert: suppressed.alert,
    transitions: all,
    announce: announce ?? suppressed.announce,
    quiet: all.length === 0 && alert.value === before?.value && alert.summary === before.summary,
  };
}

/** A new episode begins a trace of its own: whoever sent it is not to decide on ours. */
function traced(alert: Alert, before: Alert | undefined, { trace }: CommitContext): Alert {
  const traceparent = before?.id === alert.id ? alert.traceparent : trace?.begin();
  return traceparent === undefined ? alert : { ...alert, traceparent };
}

const keyOf = (source: string, print: string): string => `${source} ${print}`;

/** What `findOpen` takes in one call. */
const MAX_FINGERPRINTS = 1000;

/** The open episode of each observation, else the ended one whose id a new episode would get. */
async function findCurrent(
  tx: Transaction,
  seen: readonly Seen[],
  { namespace, now }: CommitContext
): Promise<Map<string, Alert>> {
  const current = new Map<string, Alert>();
  for (const [source, list] of Map.groupBy(seen, ({ observation }) => observation.source)) {
    const prints = [...new Set(list.map(({ print }) => print))];
    for (let start = 0; start < prints.length; start += MAX_FINGERPRINTS) {
      for (const alert of await tx.alerts.findOpen(namespace, source, prints.slice(start, start + MAX_FINGERPRINTS))) {
        current.set(keyOf(alert.source, alert.fingerprint), alert);
      }
    }
  }
  const beginning = seen.filter(({ key, observation }) => !current.has(key) && begins(observation));
  const ended = await Promise.all(beginning.map((one) => tx.alerts.get(namespace, idOf(one, now))));
  for (const alert of ended.filter((found) => found !== undefined)) {
    current.set(keyOf(alert.source, alert.fingerprint), alert);
  }
  return current;
}

const begins = ({ status }: Observation): boolean => status !== 'clear' && status !== 'resolved';

const idOf = ({ observation, print }: Seen, now: EpochMs): string =>
  episodeId(observation.source, print, epochMs(Math.min(observation.startsAt ?? now, now)));
