interface CodeRule {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly reason: string;
}

const BROWSER = /^src\/.*\.tsx?$/;
const GO = /^pkg\/.*\.go$/;
/** Not part of the bundle, or not of the product. */
const LEFT_OUT = /\.test\.tsx?$|\.fixture\.tsx?$|_test\.go$|^src\/console\/|\/testing\//;

/** Rules of the validator's `code-rules` that stand for themselves: what a plugin must leave to Grafana. */
const rules: readonly CodeRule[] = [
  {
    files: BROWSER,
    pattern:
      /\bconsole\.(?:log|info|debug|table|clear|count(?:Reset)?|dir(?:xml)?|group(?:End)?|time(?:End|Log)?|trace)\(/,
    reason: 'logs to the browser of everybody',
  },
  { files: BROWSER, pattern: /\bwindow\.open\(/, reason: 'opens windows; expected a link' },
  {
    files: BROWSER,
    pattern: /\b(?:window|document)\.location(?:(?:\.href)?\s*=[^=]|\.(?:assign|replace)\()/,
    reason: 'leaves Grafana; expected its router',
  },
  {
    files: BROWSER,
    pattern: /\beval\(|\bnew Function\(|\bset(?:Timeout|Interval)\(\s*['"`]/,
    reason: 'runs text as code',
  },
  { files: BROWSER, pattern: /\/api\/(?:ds\/query|tsdb\/query)\b/, reason: 'queries past the data source' },
  { files: BROWSER, pattern: /\binjectGlobal\b|<Global\b/, reason: 'has styles for all of Grafana' },
  {
    files: BROWSER,
    pattern: /\bimport\s+(?:[^'"]*from\s+)?['"][^'"]+\.(?:css|scss|less)['"]/,
    reason: 'imports styles for all of Grafana',
  },
  { files: BROWSER, pattern: /\bfeatureToggles\.topnav\b/, reason: 'asks for a switch that Grafana no longer has' },
  {
    files: BROWSER,
    pattern: /\bwindow\.(?:grafanaBootData|grafanaRuntime|__grafanaSceneContext)\b/,
    reason: "reads Grafana's own state",
  },
  { files: BROWSER, pattern: /__SECRET_INTERNALS/, reason: 'reaches into React' },
  { files: BROWSER, pattern: /@ts-(?:ignore|nocheck)\b/, reason: 'silences the compiler' },
  { files: BROWSER, pattern: /\bwindow\.(?:alert|confirm|prompt)\(/, reason: "uses the browser's dialogs" },
  { files: BROWSER, pattern: /\bclassName=["'][^"']*\bgf-form\b/, reason: "uses styles that are Grafana's own" },
  {
    files: BROWSER,
    pattern: /\bdocument\.write\(|\bdangerouslySetInnerHTML\b|\.innerHTML\s*=[^=]/,
    reason: 'writes HTML by hand',
  },
  { files: GO, pattern: /\bos\.(?:Getenv|LookupEnv|Environ|Setenv)\(/, reason: 'reads the environment' },
  {
    files: GO,
    pattern: /\bos\.(?:Open|OpenFile|Create|ReadFile|WriteFile|ReadDir|Remove|MkdirAll?)\(|"io\/ioutil"/,
    reason: 'touches files',
  },
  { files: GO, pattern: /"(?:syscall|unsafe|os\/exec|golang\.org\/x\/sys\/\w+)"/, reason: 'reaches for the system' },
];

/**
 * @param sources texts by name below the root, such as `src/module.tsx` and `pkg/main.go`; tests among them do not count
 * @returns sentences on what the catalogue's reviewers refuse in code, with file and line
 */
export function findForbiddenCode(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources]
    .filter(([name]) => !LEFT_OUT.test(name))
    .flatMap(([name, text]) => {
      const applied = rules.filter(({ files }) => files.test(name));
      return text
        .split('\n')
        .flatMap((line, index) =>
          applied
            .filter(({ pattern }) => pattern.test(line))
            .map(({ reason }) => `${name}:${index + 1} ${reason}. (code-rules)`)
        );
    });
}
