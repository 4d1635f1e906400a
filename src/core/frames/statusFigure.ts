const figure = <N extends string>(name: N, title: string, description: string) => ({ name, title, description });

/** What the engine can say of itself in one number, in the order in which a person asks for it. */
export const STATUS_FIGURES = [
  figure('alerts_critical', 'Critical alerts', 'Open alerts, without those that Grafana sent.'),
  figure('alerts_error', 'Errors', 'Open alerts, without those that Grafana sent.'),
  figure('alerts_warning', 'Warnings', 'Open alerts, without those that Grafana sent.'),
  figure('alerts_info', 'Notes', 'Open alerts of the severity info, without those that Grafana sent.'),
  figure('services_hurting', 'Services hurting', 'Services whose health is degraded or critical.'),
  figure('sources_down', 'Sources down', 'Prometheus, Loki, Tempo and Grafana servers that do not answer.'),
  figure('deliveries_queued', 'Notifications waiting', 'Notifications that are yet to be delivered.'),
  figure('deliveries_dead', 'Notifications given up', 'Notifications that could not be delivered.'),
  figure('rules', 'Rules', 'Rules that the engine evaluates.'),
  figure('evaluations_late', 'Late evaluations', 'Started more than half an interval late, since the engine started.'),
  figure(
    'evaluations_missed',
    'Missed evaluations',
    'Skipped because the one before was still running, since the engine started.'
  ),
  figure('evaluations_failed', 'Failed evaluations', 'Without an answer from the source, since the engine started.'),
] as const;
export type StatusFigure = (typeof STATUS_FIGURES)[number]['name'];
