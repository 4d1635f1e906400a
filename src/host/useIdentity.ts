import { getMe } from '../api/access.ts';
import { hasRole, type Role } from '../core/identity.ts';
import { useHost } from './HostContext.ts';
import { useOperation } from './useOperation.ts';

export interface KnownIdentity {
  readonly name: string;
  readonly role: Role;
  readonly namespace: string;
}

/** Who is looking, as the engine sees them; undefined until it has said so. */
export function useIdentity(): KnownIdentity | undefined {
  const { user } = useHost();
  const { data } = useOperation(getMe, {});
  return data ?? (user && { ...user, namespace: '' });
}

/** True when calls of this role will not be refused. Buttons whose call would be refused are not shown. */
export function useCan(role: Role): boolean {
  const identity = useIdentity();
  return identity !== undefined && hasRole(identity, role);
}
