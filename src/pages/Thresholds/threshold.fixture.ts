import type { ThresholdView } from '../../api/thresholds.ts';
import { epochMs, seconds } from '../../core/units.ts';

export const NOW = epochMs(Date.UTC(2026, 10, 21, 14, 2));

/** Warning 300 ms and critical 800 ms on the p95 latency of checkout, unless said otherwise. */
export const thresholdView = (change: Partial<ThresholdView> = {}): ThresholdView => ({
  id: 't1',
  service: 'checkout',
  signal: 'latency_p95',
  direction: 'above',
  warning: 0.3,
  critical: 0.8,
  unit: 'seconds',
  for: seconds(10),
  owner: 'shop',
  runbookUrl: '',
  labels: {},
  enabled: true,
  version: 3,
  createdAt: NOW,
  updatedAt: NOW,
  updatedBy: 'ada',
  ...change,
});
