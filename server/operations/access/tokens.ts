import * as contract from '../../../src/api/access.ts';
import { EngineError } from '../../errors.ts';
import { hashToken } from '../../secrets.ts';
import type { StoredToken } from '../../store/store.ts';
import { change, query } from '../operation.ts';

/** Length of a token's secret: 256 bits. */
const SECRET_BYTES = 32;
const ID_BYTES = 9;

function view({ id, name, scope, createdAt, createdBy, lastUsedAt, revokedAt }: StoredToken) {
  return { id, name, scope, createdAt, createdBy, lastUsedAt, revokedAt };
}

export const listTokens = query(contract.listTokens, async (deps, { identity }) => ({
  items: (await deps.store.read.tokens.list(identity.namespace)).map(view),
}));

export const createToken = change(contract.createToken, async (deps, { tx, identity, now }, { name, scope }) => {
  const secret = `pharos_${deps.randomId(SECRET_BYTES)}`;
  const token: StoredToken = {
    ...{ name, scope, namespace: identity.namespace, id: deps.randomId(ID_BYTES), hash: hashToken(secret) },
    createdAt: now,
    createdBy: identity.name,
    lastUsedAt: null,
    revokedAt: null,
  };
  await tx.tokens.save(token);
  await tx.changes.append(identity.namespace, [{ topic: 'tokens', id: token.id }]);
  return {
    output: { token: view(token), secret },
    audit: { object: `token ${token.id}`, before: null, after: { name, scope } },
  };
});

export const revokeToken = change(contract.revokeToken, async (_deps, { tx, identity, now }, { id }) => {
  const token = (await tx.tokens.list(identity.namespace)).find((candidate) => candidate.id === id);
  if (token === undefined || token.revokedAt !== null) {
    throw new EngineError('not_found', `There is no live token ${id}.`);
  }
  await tx.tokens.save({ ...token, revokedAt: now });
  await tx.changes.append(identity.namespace, [{ topic: 'tokens', id }]);
  return {
    output: {},
    audit: { object: `token ${id}`, before: { name: token.name, scope: token.scope }, after: null },
  };
});
