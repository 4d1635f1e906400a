import { initPluginTranslations } from '@grafana/i18n';

/**
 * Lets `t` and `Trans` speak for a plugin, in the language of whoever looks. Each of our plugins is a bundle of its own with its own words,
 * `locales/<language>/<plugin id>.json`, which the host has loaded before; English stands in the code.
 */
export async function startWords(pluginId: string): Promise<void> {
  await initPluginTranslations(pluginId);
}
