import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { hasRole } from '../../core/identity.ts';
import { useIdentity } from '../../host/useIdentity.ts';
import { t } from '../../i18n/t.ts';

export interface AdminOnlyProps {
  /** What only an admin sees, and why it is not for everybody. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Content for admins; a sentence for everybody else. */
export function AdminOnly({ what, children }: AdminOnlyProps) {
  const identity = useIdentity();
  if (identity === undefined) {
    return (
      <Skeleton label={t('settings.admin-only.asking-who-you-are', 'Checking who you are')} height={34} rows={3} />
    );
  }
  if (hasRole(identity, 'admin')) {
    return children;
  }
  return (
    <EmptyState icon="lock" title={t('settings.admin-only.for-admins', 'For admins')}>
      {t(
        'settings.admin-only.you-are-signed-in-as',
        '{{what}} You are signed in as {{name}} with the role {{role}}; ask an admin to change it.',
        { what, name: identity.name, role: identity.role }
      )}
    </EmptyState>
  );
}
