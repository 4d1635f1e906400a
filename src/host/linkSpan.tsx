import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { AppLink } from './AppLink.tsx';
import { tracePath } from './tracePath.ts';

/** The way to a span of another trace, for what is drawn without knowing the host. */
export const linkSpan = ({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }): ReactNode => (
  <AppLink to={tracePath(traceId, { span: spanId })}>
    {t('host.link-span.span-there', 'Span {{spanId}} of trace {{traceId}}', { spanId, traceId: traceId.slice(0, 8) })}
  </AppLink>
);
