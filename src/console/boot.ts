import { readPreference, resolveMode } from './themePreference.ts';

declare global {
  interface Window {
    __grafana_public_path__?: string;
  }
}

/** Grafana's components look here for their icons and fonts. It must be set before any of them loads. */
window.__grafana_public_path__ = '/public/';

// The page's background before the first paint.
document.documentElement.dataset['theme'] = resolveMode(readPreference());
