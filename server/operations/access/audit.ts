import * as contract from '../../../src/api/access.ts';
import { query } from '../operation.ts';

const DEFAULT_LIMIT = 100;

export const listAudit = query(contract.listAudit, async (deps, { identity }, { actor, action, limit, cursor }) => {
  const page = await deps.store.read.audit.list(
    identity.namespace,
    { actor, action },
    { limit: limit ?? DEFAULT_LIMIT, cursor }
  );
  return { items: [...page.items], next: page.next };
});

export const verifyAudit = query(contract.verifyAudit, (deps, { identity }) =>
  deps.store.read.audit.verify(identity.namespace)
);
