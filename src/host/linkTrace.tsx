import type { ReactNode } from 'react';
import { AppLink } from './AppLink.tsx';
import { tracePath } from './tracePath.ts';

/** The way into a trace, for evidence that is drawn without knowing the host. */
export const linkTrace = (
  traceId: string,
  words: string,
  window: { readonly from: number; readonly to: number }
): ReactNode => <AppLink to={tracePath(traceId, { window })}>{words}</AppLink>;
