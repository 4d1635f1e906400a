import type { Severity } from '../../core/alerts/severity.ts';
import { t } from '../../i18n/t.ts';

/** Facts of an alert that a dashboard may show or leave out; its state and its sentence always stand there. */
export const ALERT_FACTS = ['value', 'age', 'standing', 'service', 'team', 'owner', 'source'] as const;
export type AlertFact = (typeof ALERT_FACTS)[number];

export const FACT_TITLES: Readonly<Record<AlertFact, string>> = {
  get value() {
    return t('panel.options.now', 'Now');
  },
  get age() {
    return t('panel.options.for', 'For');
  },
  get standing() {
    return t('panel.options.standing', 'Handling');
  },
  get service() {
    return t('panel.options.service', 'Service');
  },
  get team() {
    return t('panel.options.team', 'Team');
  },
  get owner() {
    return t('panel.options.owner', 'Owner');
  },
  get source() {
    return t('panel.options.source', 'Source');
  },
};

export const GROUPINGS = ['none', 'service', 'team', 'severity', 'state'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const GROUPING_TITLES: Readonly<Record<Grouping, string>> = {
  get none() {
    return t('panel.options.not-grouped', 'Not grouped');
  },
  get service() {
    return FACT_TITLES.service;
  },
  get team() {
    return FACT_TITLES.team;
  },
  get severity() {
    return t('panel.options.severity', 'Severity');
  },
  get state() {
    return t('panel.options.state', 'State');
  },
};

export const ORDERS = ['urgency', 'newest', 'oldest'] as const;
export type Order = (typeof ORDERS)[number];

export const ORDER_TITLES: Readonly<Record<Order, string>> = {
  get urgency() {
    return t('panel.options.most-urgent', 'Most urgent first');
  },
  get newest() {
    return t('panel.options.newest', 'Newest first');
  },
  get oldest() {
    return t('panel.options.oldest', 'Oldest first');
  },
};

export interface AlertsPanelOptions {
  readonly facts: readonly AlertFact[];
  readonly density: 'comfortable' | 'compact';
  readonly showSummary: boolean;
  readonly groupBy: Grouping;
  readonly order: Order;
  /** Empty: all. */
  readonly severities: readonly Severity[];
  /** Words that must all stand in what an alert says of itself; may hold variables of the dashboard. */
  readonly search: string;
  readonly hideAcknowledged: boolean;
  readonly hideSuppressed: boolean;
  readonly maxRows: number;
  readonly showLinks: boolean;
}

export const DEFAULT_OPTIONS: AlertsPanelOptions = {
  facts: ['value', 'age', 'standing'],
  density: 'comfortable',
  showSummary: true,
  groupBy: 'none',
  order: 'urgency',
  severities: [],
  search: '',
  hideAcknowledged: false,
  hideSuppressed: false,
  maxRows: 50,
  showLinks: true,
};
