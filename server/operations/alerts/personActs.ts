import * as contract from '../../../src/api/alerts.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Deps } from '../../deps.ts';
import type { PersonAct } from '../../pipeline/pipeline.ts';
import { change, type Changed, type ChangeCall } from '../operation.ts';
import { alertView } from './alertView.ts';

type AlertAnswer = Changed<{ alert: ReturnType<typeof alertView> }>;

/** What a person can do to one alert; all four go the same way. */
async function act(deps: Deps, call: ChangeCall, request: Pick<PersonAct, 'alertId' | 'act'>): Promise<AlertAnswer> {
  const { before, after } = await deps.pipeline.act(call.tx, { ...request, identity: call.identity, now: call.now });
  return {
    output: { alert: alertView(after) },
    audit: { object: `alert ${request.alertId}`, before: facts(before, ''), after: facts(after, request.act.comment) },
  };
}

const facts = ({ state, acknowledged }: Alert, comment: string): Json => ({
  state,
  acknowledgedBy: acknowledged?.by ?? null,
  ...(comment === '' ? {} : { comment }),
});

export const acknowledgeAlert = change(contract.acknowledgeAlert, (deps, call, { id, comment, until }) =>
  act(deps, call, { alertId: id, act: { kind: 'acknowledge', comment, until: until ?? null } })
);

export const unacknowledgeAlert = change(contract.unacknowledgeAlert, (deps, call, { id, comment }) =>
  act(deps, call, { alertId: id, act: { kind: 'unacknowledge', comment } })
);

export const resolveAlert = change(contract.resolveAlert, (deps, call, { id, comment }) =>
  act(deps, call, { alertId: id, act: { kind: 'resolve', comment } })
);

export const commentAlert = change(contract.commentAlert, (deps, call, { id, comment }) =>
  act(deps, call, { alertId: id, act: { kind: 'comment', comment } })
);
