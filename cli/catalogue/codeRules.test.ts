import { findForbiddenCode } from './codeRules.ts';

const find = (name: string, text: string): readonly string[] => findForbiddenCode(new Map([[name, text]]));

describe('the rules for code', () => {
  it.each([
    ['src/a.ts', 'console.log(1);', 'logs to the browser of everybody'],
    ['src/a.ts', `window.open('/x');`, 'opens windows'],
    ['src/a.ts', `window.location.href = '/x';`, 'leaves Grafana'],
    ['src/a.ts', `window.location.assign('/x');`, 'leaves Grafana'],
    ['src/a.ts', 'if (config.featureToggles.topnav) {', 'asks for a switch'],
    ['src/a.ts', 'window.grafanaBootData.user', "reads Grafana's own state"],
    ['src/a.ts', 'React.__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED', 'reaches into React'],
    ['src/a.ts', 'console.table(rows);', 'logs to the browser of everybody'],
    ['src/a.ts', `eval('1');`, 'runs text as code'],
    ['src/a.ts', `new Function('return 1')();`, 'runs text as code'],
    ['src/a.ts', `setTimeout('f()', 1);`, 'runs text as code'],
    ['src/a.ts', `fetch('/api/ds/query');`, 'queries past the data source'],
    ['src/a.tsx', 'injectGlobal`body { margin: 0 }`;', 'has styles for all of Grafana'],
    ['src/a.tsx', `import './a.css';`, 'imports styles for all of Grafana'],
    ['src/a.tsx', '// @ts-ignore', 'silences the compiler'],
    ['src/a.tsx', `window.confirm('Sure?');`, "uses the browser's dialogs"],
    ['src/a.tsx', 'dangerouslySetInnerHTML={{ __html }}', 'writes HTML by hand'],
    ['src/a.tsx', 'className="gf-form"', "uses styles that are Grafana's own"],
    ['pkg/main.go', 'key := os.Getenv("KEY")', 'reads the environment'],
    ['pkg/main.go', 'f, err := os.Open(name)', 'touches files'],
    ['pkg/main.go', 'import "os/exec"', 'reaches for the system'],
  ])('refuse in %s: %s', (name, text, reason) => {
    expect(find(name, `// first line\n${text}\n`)).toEqual([expect.stringContaining(`${name}:2 ${reason}`)]);
  });

  it.each([
    ['src/a.ts', `console.warn('x'); window.location.reload(); if (window.location.href === '/x') { openWindow(); }`],
    ['src/a.ts', `setTimeout(() => f(), 1); import { css } from '@emotion/css';`],
    ['src/a.test.ts', 'console.log(1);'],
    ['src/console/build.ts', 'console.log(1);'],
    ['pkg/main.go', 'os.Exit(1)'],
    ['pkg/main_test.go', 'os.Getenv("KEY")'],
  ])('accept in %s: %s', (name, text) => {
    expect(find(name, text)).toEqual([]);
  });
});
