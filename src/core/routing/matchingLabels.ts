import type { Alert } from '../alerts/alert.ts';
import type { Labels } from '../labels.ts';

/**
 * The labels that routes and silences look at: those of the alert, and its severity and service under these names where the source
 * sent no such label. Severity is no part of a rule's identity, yet routes want to tell a page from a ticket.
 */
export const matchingLabels = (alert: Pick<Alert, 'labels' | 'severity' | 'service'>): Labels => ({
  severity: alert.severity,
  ...(alert.service !== '' && { service: alert.service }),
  ...alert.labels,
});
