import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ENGLISH, englishOf, keysFor, readCatalogues, writeCatalogue } from './catalogues.ts';
import { findWords, type Words } from './words.ts';

const root = path.join(import.meta.dirname, '../..');
const catalogues = readCatalogues();
const [app] = catalogues;

const translated = catalogues.flatMap((catalogue) =>
  catalogue.languages.filter((language) => language !== ENGLISH).map((language) => ({ language, ...catalogue }))
);

/** `{{name}}` and `<b>`: what a translation must keep, in any order. */
const marks = (text: string): readonly string[] =>
  [...new Set(text.match(/\{\{-?\s*\w+\s*\}\}|<\/?\w+\/?>/g))].toSorted();

const edges = (text: string): string => `${/^\s*/.exec(text)?.[0] ?? ''}|${/\s*$/.exec(text)?.[0] ?? ''}`;

describe('the words of the code', () => {
  it.each(catalogues)('can all be read: $id', ({ found }) => {
    expect(found.problems).toEqual([]);
    expect(found.words.size).toBeGreaterThan(50);
  });

  it.each(catalogues)('are in English, and no others: $id; npm run docs writes them', ({ found, fileOf }) => {
    expect(readFileSync(path.join(root, fileOf(ENGLISH)), 'utf8')).toBe(writeCatalogue(found.words));
  });

  it('are there for every plugin in the same languages', () => {
    expect(app?.languages).toEqual(['en-US', 'de-DE']);
    expect(catalogues.map(({ languages }) => languages)).toEqual(catalogues.map(() => app?.languages));
  });
});

describe.each(translated)('$language of $id', ({ language, found, read, fileOf }) => {
  const words = read(language);
  const wanted = keysFor(language, found.words);

  it('lacks nothing', () => {
    expect(wanted.filter((key) => !words.has(key))).toEqual([]);
  });

  it('has nothing that the code does not say; npm run docs takes it out', () => {
    expect(readFileSync(path.join(root, fileOf(language)), 'utf8')).toBe(writeCatalogue(words));
    expect([...words.keys()].filter((key) => !wanted.includes(key))).toEqual([]);
  });

  it('keeps values, elements and the space at the edges', () => {
    const shape = (text: string) => ({ marks: marks(text), edges: edges(text) });
    const wrong = [...words].filter(
      ([key, text]) => JSON.stringify(shape(text)) !== JSON.stringify(shape(englishOf(key, found.words)))
    );
    expect(wrong).toEqual([]);
  });

  it('says the same as the app', () => {
    const ofApp: Words = app?.read(language) ?? new Map();
    expect([...words].filter(([key, text]) => (ofApp.get(key) ?? text) !== text)).toEqual([]);
  });
});

describe('reading words', () => {
  const read = (text: string) => {
    const { words, problems } = findWords('a.tsx', text);
    return problems.length > 0 ? problems : Object.fromEntries(words);
  };

  it.each([
    [`t('a.b', 'Hello {{name}}', { name })`, { 'a.b': 'Hello {{name}}' }],
    [
      `t('a.b', '', { count, ...rest, defaultValue_one: '{{count}} x', defaultValue_other: '{{count}} xs' })`,
      { 'a.b_one': '{{count}} x', 'a.b_other': '{{count}} xs' },
    ],
    [`<Trans i18nKey="a.b" defaults="Go <b>on</b>" components={{ b: <b /> }} />`, { 'a.b': 'Go <b>on</b>' }],
    [
      `<Trans i18nKey="a.b" defaults="" count={n} tOptions={{ defaultValue_one: 'x', defaultValue_other: 'y' }} />`,
      { 'a.b_one': 'x', 'a.b_other': 'y' },
    ],
    [`use(t('a.b', 'x'), [t('a.c', "it's")])`, { 'a.b': 'x', 'a.c': "it's" }],
  ])('finds them in %s', (code, found) => {
    expect(read(code)).toEqual(found);
  });

  it.each([
    ['t(key, "x")', 'expected a literal key'],
    [`t('alone', 'x')`, 'expected a literal key'],
    [`t('a.b', english)`, 'a.b: expected its English as a literal'],
    ["t('a.b', `x ${y}`)", 'a.b: expected its English as a literal'],
    [`<Trans i18nKey="a.b">x</Trans>`, 'a.b: expected its English as a literal'],
    [`t('a.b', 'x'); t('a.b', 'y');`, 'a.b stands for two sentences'],
  ])('refuses %s', (code, sentence) => {
    expect(read(code)).toEqual([expect.stringContaining(sentence)]);
  });

  it('asks of a language the forms that it has', () => {
    const english: Words = new Map([
      ['a.one', '1'],
      ['a.b_one', '{{count}} x'],
      ['a.b_other', '{{count}} xs'],
    ]);
    expect(keysFor('de-DE', english)).toEqual(['a.one', 'a.b_one', 'a.b_other']);
    expect(keysFor('ja-JP', english)).toEqual(['a.one', 'a.b_other']);
    expect(keysFor('pl-PL', english).toSorted()).toEqual(['a.b_few', 'a.b_many', 'a.b_one', 'a.b_other', 'a.one']);
    expect(englishOf('a.b_few', english)).toBe('{{count}} xs');
  });

  it('writes no key below a sentence', () => {
    const words: Words = new Map([
      ['a.b', 'x'],
      ['a.b.c', 'y'],
    ]);
    expect(() => writeCatalogue(words)).toThrow('a.b.c lies below a key that is a sentence itself');
  });
});
