/** A sentence with elements in it: `defaults` has the English with `<name>…</name>` for each of `components`. */
export { Trans } from '@grafana/i18n';
