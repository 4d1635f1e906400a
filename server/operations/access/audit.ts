import * as contract from '../../../src/api/access.ts';
import { witnessAgainst } from '../../auditWitness.ts';
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

export const verifyAudit = query(contract.verifyAudit, async (deps, { identity: { namespace } }) => {
  const { audit } = deps.store.read;
  const { dataDir } = deps.config;
  const verdict = await audit.verify(namespace);
  const against = await witnessAgainst(audit, { dataDir, key: deps.secrets }, namespace);
  return { ...verdict, ok: verdict.ok && against === null, against };
});
