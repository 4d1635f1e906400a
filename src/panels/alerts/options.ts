import { t } from '../../i18n/t.ts';

/** Facts of an alert that a dashboard may show or leave out; its state and its sentence always stand there. */
export const ALERT_FACTS = ['value', 'age', 'standing', 'service', 'owner', 'source'] as const;
export type AlertFact = (typeof ALERT_FACTS)[number];

export const FACT_TITLES: Readonly<Record<AlertFact, string>> = {
  get value() {
    return t('panel.options.now', 'Now');
  },
  get age() {
    return t('panel.options.for', 'For');
  },
  get standing() {
    return t('panel.options.standing', 'Standing');
  },
  get service() {
    return t('panel.options.service', 'Service');
  },
  get owner() {
    return t('panel.options.owner', 'Owner');
  },
  get source() {
    return t('panel.options.source', 'Source');
  },
};

export interface AlertsPanelOptions {
  readonly facts: readonly AlertFact[];
  readonly density: 'comfortable' | 'compact';
  readonly showSummary: boolean;
  readonly groupByService: boolean;
  readonly hideAcknowledged: boolean;
  readonly hideSuppressed: boolean;
  readonly maxRows: number;
}

export const DEFAULT_OPTIONS: AlertsPanelOptions = {
  facts: ['value', 'age', 'standing'],
  density: 'comfortable',
  showSummary: true,
  groupByService: false,
  hideAcknowledged: false,
  hideSuppressed: false,
  maxRows: 50,
};
