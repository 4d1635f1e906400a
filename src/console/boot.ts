import { readPreference, resolveMode } from './themePreference.ts';

declare global {
  interface Window {
    __grafana_public_path__?: string;
  }
}

/** Grafana's components look here for their icons and fonts. It must be set before any of them loads. */
window.__grafana_public_path__ = '/public/';

// zod compiles its parsers with `new Function` where it may. The console's content policy forbids that, and would report each try.
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });

// The page's background before the first paint.
document.documentElement.dataset['theme'] = resolveMode(readPreference());
