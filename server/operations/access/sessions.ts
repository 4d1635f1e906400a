import * as contract from '../../../src/api/access.ts';
import { EngineError } from '../../errors.ts';
import { issueLoginLink } from '../../http/session.ts';
import { action, change, query } from '../operation.ts';

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

export const createLoginLink = action(contract.createLoginLink, async (deps, { identity }, { name, role }) => ({
  output: await issueLoginLink(deps, { namespace: identity.namespace, name, role }),
  audit: { object: `login link for ${name}`, before: null, after: { name, role } },
}));
