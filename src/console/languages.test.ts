import i18next from 'i18next';
import manifest from '../plugin.json';
import { t } from '../i18n/t.ts';
import { chooseLanguage, LANGUAGES, startLanguage } from './languages.ts';

const none = { search: '', stored: null, browser: [] };

it('speaks the languages that the app has', () => {
  expect(LANGUAGES.map(({ code }) => code)).toEqual(manifest.languages);
});

it.each([
  ['en-US', none],
  ['de-DE', { ...none, browser: ['fr-FR', 'de-AT', 'en-US'] }],
  ['en-US', { ...none, browser: ['en-GB', 'de'] }],
  ['en-US', { ...none, browser: ['fr'] }],
  ['en-US', { ...none, stored: 'en-US', browser: ['de-DE'] }],
  ['de-DE', { ...none, stored: 'tlh', browser: ['de-DE'] }],
  ['de-DE', { search: '?q=x&lang=DE', stored: 'en-US', browser: ['en-US'] }],
  ['en-US', { search: '?lang=tlh', stored: null, browser: ['en-US', 'de'] }],
])('chooses %s for %j', (code, wishes) => {
  expect(chooseLanguage(wishes).code).toBe(code);
});

it('speaks German where the address asks for it, in the forms that numbers want, and keeps to it', async () => {
  window.history.replaceState(null, '', '/?lang=de');
  await startLanguage();
  expect(document.documentElement.lang).toBe('de-DE');
  expect(i18next.language).toBe('de-DE');
  expect(t('console.shell.alerts', 'Alerts')).toBe('Alarme');
  const words = { defaultValue_one: '{{count}} route saved', defaultValue_other: '{{count}} routes saved' };
  const saved = (count: number) => t('settings.use-save-routes.saved', '', { count, ...words });
  expect([saved(1), saved(2)]).toEqual(['1 Route gespeichert', '2 Routen gespeichert']);
  expect(t('console.shell.of-no-catalogue', 'Said to {{who}}', { who: 'a/b & <c>' })).toBe('Said to a/b & <c>');
  expect(window.localStorage.getItem('pharos.language')).toBe('de-DE');
});
