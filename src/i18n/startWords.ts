import { initPluginTranslations } from '@grafana/i18n';
import i18next from 'i18next';
import { speakWith } from './t.ts';

type I18next = typeof i18next;

/** Grafana hands plugins the module with the instance as its default; elsewhere it is the instance. */
const instanceOf = (imported: I18next & { readonly default?: I18next }): I18next => imported.default ?? imported;

/**
 * Lets `t` and `Trans` speak for a plugin, in the language of whoever looks. Each of our plugins is a bundle of its own with its own words,
 * `locales/<language>/<plugin id>.json`, which the host has loaded before; English stands in the code.
 *
 * `t` speaks at once: Grafana asks a panel for the names of its options before anything that was awaited goes on.
 */
export async function startWords(pluginId: string): Promise<void> {
  const ready = initPluginTranslations(pluginId);
  const fixed = instanceOf(i18next).getFixedT(null, pluginId);
  speakWith((key, english, values = {}) => fixed(key, english, values));
  await ready;
}
