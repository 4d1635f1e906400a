import type { WhatIfDuration } from '../../../core/traces/whatIf.ts';
import { t } from '../../../i18n/t.ts';

/** What is typed into the form. */
export interface WhatIfForm {
  readonly kind: 'share' | 'fixed';
  /** Per cent of the time that it takes now. */
  readonly percent: number;
  /** Milliseconds that each takes instead, as typed. */
  readonly ms: string;
}

export const MOST_PERCENT = 200;

export type ReadForm = { readonly duration: WhatIfDuration } | { readonly problem: string };

/** A day in ms: what takes longer was mistyped. */
const MOST_MS = 86_400_000;

/** The duration that a form asks for, or what to enter instead. */
export function readForm({ kind, percent, ms }: WhatIfForm): ReadForm {
  if (kind === 'share') {
    return { duration: { factor: percent / 100 } };
  }
  const value = Number(ms.replace(',', '.'));
  return ms.trim() === '' || !Number.isFinite(value) || value < 0 || value > MOST_MS
    ? { problem: t('ui.what-if-form.enter', 'Enter milliseconds from 0 to a day, such as 10 or 0.5.') }
    : { duration: { toNs: Math.round(value * 1e6) } };
}
