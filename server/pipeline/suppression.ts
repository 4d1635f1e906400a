import { suppress } from '../../src/core/alerts/suppress.ts';
import type { Transaction } from '../store/store.ts';
import { commitSteps, type CommitContext } from './commitSteps.ts';

/** Marks and unmarks all open alerts of a namespace by the silences of this moment; announces those that are let out. */
export async function refreshSuppression(tx: Transaction, context: CommitContext): Promise<void> {
  const findSuppression = await context.matching.suppression(tx, context.namespace, context.now);
  const open = await tx.alerts.listOpen(context.namespace);
  const steps = open
    .map((alert) => suppress(alert, findSuppression(alert), context.now))
    .filter(({ transitions }) => transitions.length > 0);
  await commitSteps(tx, steps, context);
}
