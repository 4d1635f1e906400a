import type { Step } from '../../src/core/alerts/episode.ts';
import { suppress, type EndedSilence } from '../../src/core/alerts/suppress.ts';
import type { Transaction } from '../store/store.ts';
import { commitSteps, type CommitContext } from './commitSteps.ts';

/** Marks and unmarks all open alerts of a namespace by the silences of this moment; announces those that are let out. */
export async function refreshSuppression(tx: Transaction, context: CommitContext, ended?: EndedSilence): Promise<void> {
  const { now } = context;
  const silences = await context.matching.suppression(tx, context.namespace, now);
  const steps: Step[] = [];
  for await (const open of tx.alerts.openPages(context.namespace)) {
    const looked = open.map((alert) => suppress(alert, silences.of(alert), { now, ended, inForce: silences.ids }));
    steps.push(...looked.filter(({ transitions }) => transitions.length > 0));
  }
  await commitSteps(tx, steps, context);
}
