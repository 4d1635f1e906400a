import * as contract from '../../../src/api/access.ts';
import { EngineError } from '../../errors.ts';
import { makeLoginLink } from '../../loginLink.ts';
import { change, query } from '../operation.ts';

export const getMe = query(contract.getMe, (_deps, { identity: { subject, name, role, namespace } }) =>
  Promise.resolve({ subject, name, role, namespace })
);

export const listSessions = query(contract.listSessions, async (deps, { identity, now }) => ({
  items: (await deps.store.read.sessions.list(identity.namespace, now)).map(
    ({ id, name, role, createdAt, lastSeenAt, expiresAt, userAgent }) => ({
      ...{ id, name, role, createdAt, lastSeenAt, expiresAt, userAgent },
      current: identity.subject === `session:${id}`,
    })
  ),
}));

export const revokeSession = change(contract.revokeSession, async (_deps, { tx, identity }, { id }) => {
  if (!(await tx.sessions.delete(identity.namespace, id))) {
    throw new EngineError('not_found', `There is no session ${id}.`);
  }
  await tx.changes.append(identity.namespace, [{ topic: 'sessions', id }]);
  return { output: {}, audit: { object: `session ${id}`, before: null, after: null } };
});

export const createLoginLink = change(contract.createLoginLink, async (deps, { tx, identity }, { name, role }) => {
  const { url, hash, expiresAt } = makeLoginLink(deps.config, deps.clock);
  await tx.sessions.saveLink({ namespace: identity.namespace, name, role, hash, expiresAt });
  return {
    output: { url, expiresAt },
    audit: { object: `login link for ${name}`, before: null, after: { name, role } },
  };
});
