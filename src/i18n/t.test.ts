import i18next from 'i18next';
import { inSentence } from './inSentence.ts';
import { joinAnd } from './joinAnd.ts';
import { startWords } from './startWords.ts';
import { t } from './t.ts';

const ID = 'a-plugin';
const saved = (count: number): string =>
  t('a.saved', '', { count, defaultValue_one: '{{count}} route', defaultValue_other: '{{count}} routes' });

const GERMAN = {
  a: { hello: 'Hallo {{name}}', saved_one: '{{count}} Route', saved_other: '{{count}} Routen' },
  i18n: { 'in-sentence': { case: 'as-it-is' } },
};

it('says what stands in the code where nobody has another word for it', () => {
  expect(t('a.hello', 'Hello {{name}}', { name: 'Ada' })).toBe('Hello Ada');
  expect([saved(0), saved(1), saved(2)]).toEqual(['0 routes', '1 route', '2 routes']);
  expect(joinAnd(['a', 'b', 'c'])).toBe('a and b and c');
  expect(inSentence('No data')).toBe('no data');
});

it('leaves names as they are: React escapes them', () => {
  expect(t('a.said', '“{{what}}” is no label', { what: `<b> & "a/b" 'c' {{x}} $t(y)` })).toBe(
    `“<b> & "a/b" 'c' {{x}} $t(y)” is no label`
  );
});

it('speaks for a plugin as soon as it is asked to, and English where the words are missing', async () => {
  // As Grafana does before it loads a plugin.
  await i18next.changeLanguage('de-DE');
  i18next.addResourceBundle('de-DE', ID, GERMAN);
  void startWords(ID);
  expect(t('a.hello', 'Hello {{name}}', { name: 'a/b' })).toBe('Hallo a/b');
  expect([saved(1), saved(2)]).toEqual(['1 Route', '2 Routen']);
  expect(t('a.other', 'Not {{what}}', { what: 'yet' })).toBe('Not yet');
  expect(inSentence('Keine Daten')).toBe('Keine Daten');
});
