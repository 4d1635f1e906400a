import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { hasRole } from '../../core/identity.ts';
import { useIdentity } from '../../host/useIdentity.ts';

export interface AdminOnlyProps {
  /** What only an admin sees, and why it is not for everybody. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Content for admins; a sentence for everybody else. */
export function AdminOnly({ what, children }: AdminOnlyProps) {
  const identity = useIdentity();
  if (identity === undefined) {
    return <Skeleton label="Asking who you are" height={34} rows={3} />;
  }
  if (hasRole(identity, 'admin')) {
    return children;
  }
  return (
    <EmptyState icon="lock" title="For admins">
      {what} You are signed in as {identity.name} with the role {identity.role}; ask an admin for another one.
    </EmptyState>
  );
}
