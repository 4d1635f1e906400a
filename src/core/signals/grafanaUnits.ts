import type { Unit } from './catalogue.ts';

/** Grafana's names for the catalogue's units. */
export const GRAFANA_UNITS: Readonly<Record<Unit, string>> = {
  seconds: 's',
  ratio: 'percentunit',
  per_second: 'suffix:/s',
  bytes: 'bytes',
  bytes_per_second: 'binBps',
  count: 'short',
  none: 'none',
};
