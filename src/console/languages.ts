import i18next from 'i18next';
import { APP_ID } from '../host/pluginIds.ts';
import { startWords } from '../i18n/startWords.ts';

interface Language {
  readonly code: string;
  /** As those who speak it call it. */
  readonly name: string;
  readonly load: () => Promise<Readonly<Record<string, object>>>;
}

/** English stands in the code; the words of another language load when it is wanted. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
  { code: 'en-US', name: 'English', load: () => Promise.resolve({}) },
  {
    code: 'de-DE',
    name: 'Deutsch',
    load: () => import('../locales/de-DE/pharos-observability-app.json').then((m) => m.default),
  },
];

const KEY = 'pharos.language';

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The language that a tag such as `de`, `de-AT` or `de-DE` means; undefined when we do not speak it. */
function findLanguage(tag: string): Language | undefined {
  return (
    LANGUAGES.find(({ code }) => code.toLowerCase() === tag.toLowerCase()) ??
    LANGUAGES.find(({ code }) => primary(code) === primary(tag))
  );
}

export interface Wishes {
  /** Of the address, with `?lang=`. */
  readonly search: string;
  /** What was chosen before. */
  readonly stored: string | null;
  /** Of the browser, the dearest first. */
  readonly browser: readonly string[];
}

/** The first wish that we can fulfil: the address, then what was chosen, then the browser; English otherwise. */
export function chooseLanguage({ search, stored, browser }: Wishes): Language {
  const asked = new URLSearchParams(search).get('lang');
  const wishes = [...(asked === null ? [] : [asked]), ...(stored === null ? [] : [stored]), ...browser];
  const [english] = LANGUAGES;
  return wishes.map(findLanguage).find((found) => found !== undefined) ?? english;
}

function readStored(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps a choice in this browser. */
export function keepLanguage(code: string): void {
  try {
    window.localStorage.setItem(KEY, code);
  } catch {
    // Without storage the choice lasts as long as `?lang=` stands in the address.
  }
}

/** Makes the page speak the language of whoever looks, where Grafana does so for its own pages. A language that cannot be loaded is English. */
export async function startLanguage(): Promise<void> {
  const { search } = window.location;
  const { code, load } = chooseLanguage({ search, stored: readStored(), browser: navigator.languages });
  if (new URLSearchParams(search).has('lang')) {
    keepLanguage(code);
  }
  const words = await load().catch(() => ({}));
  await i18next.init({
    lng: code,
    fallbackLng: false,
    ns: [APP_ID],
    resources: { [code]: { [APP_ID]: words } },
    returnEmptyString: false,
  });
  await startWords(APP_ID);
  document.documentElement.lang = code;
}
