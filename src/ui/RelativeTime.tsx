import { useDisplay } from './display.ts';
import { formatSpan } from '../core/formatSpan.ts';
import { formatAbsolute, formatRelative } from './formatTime.ts';
import { useNow } from './useNow.ts';

export interface RelativeTimeProps {
  /** Epoch ms. */
  readonly at: number;
  /** `ago`: "6 m ago". `span`: "6 m", for columns whose heading says since what. */
  readonly form?: 'ago' | 'span';
}

/** How long ago, counting on; the exact time on hover. */
export function RelativeTime({ at, form = 'ago' }: RelativeTimeProps) {
  const { timeZone } = useDisplay();
  const text = useNow((now) => (form === 'ago' ? formatRelative(at, now) : formatSpan(now - at)));
  return (
    <time dateTime={new Date(at).toISOString()} title={formatAbsolute(at, timeZone)} style={{ whiteSpace: 'nowrap' }}>
      {text}
    </time>
  );
}
