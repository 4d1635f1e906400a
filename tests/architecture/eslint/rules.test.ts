import { readFileSync } from 'node:fs';
import { EXTENSION_POINT_IDS, missingExports, missingExtensionPoints, missingIcons } from './grafanaMissing.ts';
import { lintSnippets } from './lintSnippets.ts';

const PAGE = 'src/module.tsx';
const NODE = 'server/config.ts';
const TEST = 'tests/architecture/eslint/rules.test.ts';

const statements = (count: number): string => Array.from({ length: count }, (_, i) => `  void ${i};`).join('\n');
const branches = Array.from({ length: 11 }, (_, i) => `  if (a === ${i}) { return ${i}; }`).join('\n');
const REACT_19 = ['use', 'useActionState', 'useOptimistic', 'useEffectEvent', 'Activity'];
const icon = (name: string): string =>
  `import { Icon } from '@grafana/ui';\nexport const a = <Icon name="${name}" />;\n`;

interface Case {
  readonly name: string;
  readonly file: string;
  readonly code: string;
  /** Beginnings of `rule messageId message` that must all be among the findings. */
  readonly expected: readonly string[];
}

const lines = (items: Iterable<string>, line: (item: string, index: number) => string): string =>
  `${[...items].map(line).join('\n')}\n`;

const banned: Case[] = [
  ...[...missingExports].map(([source, names]) => ({
    name: `every listed export of ${source}`,
    file: PAGE,
    code: lines(names, (name) => `export { ${name} } from '${source}';`),
    expected: source.endsWith('/unstable')
      ? [`unstable "${source}"`]
      : [...names].map((name) => `export "${name}" of ${source} is missing`),
  })),
  {
    name: 'every listed icon',
    file: PAGE,
    code: `import { Icon } from '@grafana/ui';\n${lines(missingIcons, (name, i) => `export const a${i} = <Icon name="${name}" />;`)}`,
    expected: [...missingIcons].map((name) => `icon The icon "${name}" is missing`),
  },
  {
    name: 'every listed extension point by name',
    file: PAGE,
    code: `import { PluginExtensionPoints } from '@grafana/data';\n${lines(missingExtensionPoints, (name, i) => `export const a${i} = PluginExtensionPoints.${name};`)}`,
    expected: [...missingExtensionPoints].map((name) => `extensionPoint The extension point "${name}" is missing`),
  },
  {
    name: 'every listed extension point by id',
    file: PAGE,
    code: lines(missingExtensionPoints, (name, i) => `export const a${i} = ['${EXTENSION_POINT_IDS[name]}'];`),
    expected: [...missingExtensionPoints].map(
      (name) => `extensionPoint The extension point "${EXTENSION_POINT_IDS[name]}" is missing`
    ),
  },
  {
    name: 'every hook and component of React 19',
    file: PAGE,
    code: lines(REACT_19, (name) => `export { ${name} } from 'react';`),
    expected: REACT_19.map((name) => `missing "${name}" of react`),
  },
  {
    name: 'import of a missing export',
    file: PAGE,
    code: `import { CloseButton } from '@grafana/ui';\nexport const a = CloseButton;\n`,
    expected: ['pharos/no-grafana-missing export '],
  },
  {
    name: 'missing export through a namespace',
    file: PAGE,
    code: `import * as ui from '@grafana/ui';\nexport const a = <ui.CloseButton onClick={() => {}} />;\nexport const b = ui.PageLoader;\n`,
    expected: ['pharos/no-grafana-missing export '],
  },
  {
    name: 'unstable by dynamic import',
    file: PAGE,
    code: `export const load = () => import('@grafana/ui/unstable');\n`,
    expected: ['pharos/no-grafana-missing unstable '],
  },
  {
    name: 'unstable of a package that the list does not name',
    file: PAGE,
    code: `export * from '@grafana/schema/unstable';\n`,
    expected: ['pharos/no-grafana-missing unstable '],
  },
  {
    name: 'missing icon behind a condition',
    file: PAGE,
    code: `import { Button } from '@grafana/ui';\nexport const a = (b: boolean) => <Button icon={b ? 'robot' : 'bell'} />;\n`,
    expected: ['pharos/no-grafana-missing icon '],
  },
  {
    name: 'missing icon where only the type tells',
    file: PAGE,
    code: `import type { IconName } from '@grafana/ui';\nexport const byState: Record<string, IconName> = { firing: 'flask' };\n`,
    expected: ['pharos/no-grafana-missing icon '],
  },
  {
    name: '<React.Activity>',
    file: PAGE,
    code: `import * as React from 'react';\nexport const a = <React.Activity />;\nexport const b = React.use;\n`,
    expected: ['pharos/no-react19-imports missing '],
  },
  {
    name: 'useFormStatus',
    file: PAGE,
    code: `import { useFormStatus } from 'react-dom';\nexport const a = useFormStatus;\n`,
    expected: ['pharos/no-react19-imports missing '],
  },
  {
    name: '<Context value> as provider',
    file: PAGE,
    code: `import { createContext } from 'react';\nconst Host = createContext(1);\nexport const a = <Host value={2}>x</Host>;\n`,
    expected: ['pharos/no-react19-forms contextAsProvider '],
  },
  {
    name: 'ref taken from the props',
    file: PAGE,
    code: `import type { Ref } from 'react';\nexport function Own({ ref }: { ref: Ref<HTMLDivElement> }) {\n  return <div ref={ref} />;\n}\n`,
    expected: ['pharos/no-react19-forms refProp '],
  },
  {
    name: 'ref given to a plain function component',
    file: PAGE,
    code: `import { useRef } from 'react';\nfunction Own(props: object) {\n  return <div {...props} />;\n}\nexport function Page() {\n  const ref = useRef(null);\n  return <Own ref={ref} />;\n}\n`,
    expected: ['pharos/no-react19-forms refProp '],
  },
  {
    name: 'ref let in by ComponentProps',
    file: PAGE,
    code: `import type { ComponentProps } from 'react';\nexport function Own(props: ComponentProps<'button'>) {\n  return <button {...props} />;\n}\n`,
    expected: ['pharos/no-react19-forms refInProps '],
  },
  {
    name: 'ref callback with a cleanup',
    file: PAGE,
    code: `export const a = <div ref={(element) => { void element; return () => {}; }} />;\n`,
    expected: ['pharos/no-react19-forms refCleanup '],
  },
  {
    name: 'ref callback with a cleanup, by name',
    file: PAGE,
    code: `const attach = (element: HTMLElement | null) => () => { void element; };\nexport const a = <div ref={attach} />;\n`,
    expected: ['pharos/no-react19-forms refCleanup '],
  },
  {
    name: '<form action={fn}>',
    file: PAGE,
    code: `export const a = <form action={() => {}} />;\nexport const b = <button formAction={() => {}} />;\n`,
    expected: ['pharos/no-react19-forms formAction '],
  },
  {
    name: 'async transition',
    file: PAGE,
    code: `import { startTransition } from 'react';\nexport const a = () => startTransition(async () => { await 1; });\n`,
    expected: ['pharos/no-react19-forms asyncTransition '],
  },
  {
    name: 'useDeferredValue with a first value',
    file: PAGE,
    code: `import { useDeferredValue } from 'react';\nexport const useIt = () => useDeferredValue(1, 0);\n`,
    expected: ['pharos/no-react19-forms deferredInitial '],
  },
  {
    name: 'any',
    file: NODE,
    code: 'export const a: any = 1;\n',
    expected: ['@typescript-eslint/no-explicit-any unexpectedAny '],
  },
  {
    name: 'non-null assertion',
    file: NODE,
    code: `export const a = process.env['A']!.length;\n`,
    expected: ['@typescript-eslint/no-non-null-assertion noNonNull '],
  },
  {
    name: 'floating promise in Node code',
    file: NODE,
    code: `export function a(): void {\n  Promise.reject(new Error('lost'));\n}\n`,
    expected: ['@typescript-eslint/no-floating-promises floatingVoid '],
  },
  {
    name: 'floating promise in a page',
    file: PAGE,
    code: `export function a(): void {\n  Promise.reject(new Error('lost'));\n}\n`,
    expected: ['@typescript-eslint/no-floating-promises floatingVoid '],
  },
  {
    name: 'floating promise in a test',
    file: TEST,
    code: `export function a(): void {\n  Promise.reject(new Error('lost'));\n}\n`,
    expected: ['@typescript-eslint/no-floating-promises floatingVoid '],
  },
  {
    name: 'type imported as a value',
    file: NODE,
    code: `import { Server } from 'node:http';\nexport type A = Server;\n`,
    expected: ['@typescript-eslint/consistent-type-imports typeOverValue '],
  },
  {
    name: 'default export',
    file: NODE,
    code: 'const a = 1;\nexport default a;\n',
    expected: ['no-restricted-syntax restrictedSyntax '],
  },
  { name: 'console', file: NODE, code: `console.log('x');\n`, expected: ['no-console unexpected '] },
  {
    name: 'complexity above 11',
    file: NODE,
    code: `export function a(a: number): number {\n${branches}\n  return 1;\n}\n`,
    expected: ['complexity complex '],
  },
  { name: 'file above 400 lines', file: NODE, code: `${statements(401)}\n`, expected: ['max-lines exceed '] },
  {
    name: 'function above 80 lines',
    file: NODE,
    code: `export function a(): void {\n${statements(79)}\n}\n`,
    expected: ['pharos/max-lines-per-function exceed '],
  },
  {
    name: 'test above 80 lines',
    file: TEST,
    code: `it('is long', () => {\n${statements(79)}\n});\n`,
    expected: ['pharos/max-lines-per-function exceed '],
  },
  {
    name: 'four parameters',
    file: NODE,
    code: 'export const a = (b: 1, c: 2, d: 3, e: 4): number[] => [b, c, d, e];\n',
    expected: ['@typescript-eslint/max-params exceed '],
  },
  {
    name: 'focused test',
    file: TEST,
    code: `it.only('alone', () => {});\n`,
    expected: ['no-restricted-syntax restrictedSyntax '],
  },
  {
    name: 'skipped test',
    file: TEST,
    code: `describe.skip('later', () => {});\n`,
    expected: ['no-restricted-syntax restrictedSyntax '],
  },
];

const allowed: Array<Omit<Case, 'expected'>> = [
  { name: 'an icon of 12.4', file: PAGE, code: icon('bell') },
  { name: 'the word of a missing icon elsewhere', file: PAGE, code: `export const style = { display: 'grid' };\n` },
  {
    name: 'Context.Provider, forwardRef and a plain ref callback',
    file: PAGE,
    code: `import { createContext, forwardRef, useRef } from 'react';
const Host = createContext(1);
const Own = forwardRef<HTMLDivElement>(function Own(_props, ref) {
  return <div ref={ref} />;
});
export function Page() {
  const ref = useRef<HTMLDivElement>(null);
  return (
    <Host.Provider value={2}>
      <Own ref={ref} />
      <p ref={(element) => { void element; }} />
    </Host.Provider>
  );
}
`,
  },
  { name: 'describe above 80 lines', file: TEST, code: `describe('long', () => {\n${statements(90)}\n});\n` },
  {
    name: 'describe.each above 80 lines',
    file: TEST,
    code: `describe.each([1])('long', () => {\n${statements(90)}\n});\n`,
  },
  { name: 'console in a test', file: TEST, code: `console.log('x');\n` },
  { name: 'a function of 80 lines', file: NODE, code: `export function a(): void {\n${statements(78)}\n}\n` },
];

describe('eslint configuration', () => {
  const found = lintSnippets([...banned, ...allowed]);

  it.each(banned.map((snippet, index) => ({ ...snippet, index })))('refuses $name', ({ index, expected }) => {
    const said = found[index]?.join('\n');
    expect(expected.filter((sentence) => !said?.includes(sentence))).toEqual([]);
  });

  it.each(allowed.map((snippet, index) => ({ ...snippet, index: banned.length + index })))(
    'accepts $name',
    ({ index }) => {
      expect(found[index]).toEqual([]);
    }
  );

  it('knows the id of every missing extension point, as @grafana/data has it', () => {
    const types = readFileSync('node_modules/@grafana/data/dist/types/types/pluginExtensions.d.ts', 'utf8');
    expect(Object.keys(EXTENSION_POINT_IDS).toSorted()).toEqual([...missingExtensionPoints].toSorted());
    for (const [name, id] of Object.entries(EXTENSION_POINT_IDS)) {
      expect(types).toContain(`${name} = "${id}"`);
    }
  });
});
