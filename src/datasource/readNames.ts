import { t } from '../i18n/t.ts';
/** The texts of one field of `items`, each once and sorted; answers of the engine are read with care, as it may be of another version. */
export function readNames(answer: unknown, field: string): readonly string[] {
  const items: unknown = Object(answer).items;
  const values = Array.isArray(items) ? items.map((item: unknown): unknown => Object(item)[field]) : [];
  const texts = values.filter((value): value is string => typeof value === 'string' && value !== '');
  return [...new Set(texts)].toSorted((a, b) => a.localeCompare(b));
}

/** The engine's own sentence where there is one: the relay hands its problem documents on. */
export function sentenceOf(error: unknown): string {
  const { data, message }: { data?: unknown; message?: unknown } = Object(error);
  const detail: unknown = Object(data).detail;
  const found = [detail, Object(data).message, message].find(
    (text): text is string => typeof text === 'string' && text !== ''
  );
  return found ?? t('datasource.read-names.grafana-gave-no-reason', 'Grafana gave no reason.');
}
