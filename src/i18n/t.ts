import { t as translate } from '@grafana/i18n';

/** What stands in a sentence by name. `count` chooses among the plural forms `defaultValue_one` and `defaultValue_other`. */
export type Words = Readonly<Record<string, string | number>>;

type Speak = (key: string, english: string, values?: Record<string, unknown>) => string;

let speak: Speak = translate;

/** Lets `t` speak in a way of its own; see `startWords`. */
export function speakWith(next: Speak): void {
  speak = next;
}

/**
 * A sentence in the language of whoever looks.
 *
 * @param key where translations have it, such as `alerts.list.empty`; one sentence per key
 * @param english the sentence itself, with `{{name}}` for each value; empty where `count` chooses among the forms in `values`
 */
export function t(key: string, english: string, values?: Words): string {
  // React escapes what it shows; escaped here too, a slash in a name would be read as `&#x2F;`.
  return values === undefined
    ? speak(key, english)
    : speak(key, english, { ...values, interpolation: { escapeValue: false } });
}
