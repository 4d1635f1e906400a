export const THEME_CHOICES = ['dark', 'light', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type ThemeMode = 'dark' | 'light';

const KEY = 'pharos.theme';
const PREFERS_DARK = '(prefers-color-scheme: dark)';

const isChoice = (text: string | null): text is ThemeChoice => THEME_CHOICES.some((choice) => choice === text);

/** What was chosen in this browser; `system` when nothing was, or when storage is closed to us. */
export function readPreference(): ThemeChoice {
  try {
    const stored = window.localStorage.getItem(KEY);
    return isChoice(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function writePreference(choice: ThemeChoice): void {
  try {
    window.localStorage.setItem(KEY, choice);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const resolveMode = (choice: ThemeChoice): ThemeMode =>
  choice === 'system' ? (window.matchMedia(PREFERS_DARK).matches ? 'dark' : 'light') : choice;

/** Calls back when the system changes between dark and light; returns the function that ends it. */
export function onSystemChange(listener: () => void): () => void {
  const query = window.matchMedia(PREFERS_DARK);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
