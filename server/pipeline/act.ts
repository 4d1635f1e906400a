import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Step } from '../../src/core/alerts/episode.ts';
import { acknowledge, comment, resolve, unacknowledge } from '../../src/core/alerts/personActs.ts';
import { EngineError } from '../errors.ts';
import type { Transaction } from '../store/store.ts';
import { commitSteps, type CommitContext } from './commitSteps.ts';
import type { Acted, PersonAct } from './pipeline.ts';

/**
 * A person's act on one alert.
 * @throws EngineError `not_found`; `conflict` when the episode is over; `invalid_input` for an end that has passed already
 */
export async function actOn(
  tx: Transaction,
  request: PersonAct,
  tools: Pick<CommitContext, 'matching' | 'trace'>
): Promise<Acted> {
  const { alertId, identity, now } = request;
  const { namespace } = identity;
  const before = await tx.alerts.get(namespace, alertId);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no alert ${alertId}.`);
  }
  const step = perform(before, request);
  if (step.transitions.length > 0) {
    await commitSteps(tx, [step], { ...tools, namespace, now });
  }
  return { before, after: step.alert };
}

function perform(alert: Alert, { identity, now, act }: PersonAct): Step {
  const words = { by: identity.name, at: now, comment: act.comment };
  if (act.kind === 'comment') {
    return comment(alert, words);
  }
  // The same person's "resolve" may come twice, when the first answer was lost on its way.
  const isRepeat = act.kind === 'resolve' && alert.resolvedBy === identity.name;
  if (alert.state === 'resolved' && !isRepeat) {
    throw new EngineError(
      'conflict',
      `The alert was resolved by ${alert.resolvedBy ?? 'its source'} already: a new episode would be another alert.`
    );
  }
  switch (act.kind) {
    case 'acknowledge':
      if (act.until !== null && act.until <= now) {
        const errors = [{ path: 'until', message: 'expected a time in the future' }];
        throw new EngineError('invalid_input', 'until: expected a time in the future', { errors });
      }
      return acknowledge(alert, { ...words, until: act.until });
    case 'unacknowledge':
      return unacknowledge(alert, words);
    case 'resolve':
      return resolve(alert, words);
  }
}
