import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** `type` imports are erased; `lazy` ones load later, by `import()` or as a worker. */
  readonly kind: 'value' | 'type' | 'lazy';
}

/** Paths from the repository's root, with `/`, to the text of the file. */
export type Sources = ReadonlyMap<string, string>;

const SKIPPED = new Set(['node_modules', 'dist', 'dist-console', 'coverage', 'fixtures']);

/** All TypeScript files below the folders, declaration files left out. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })) {
      const file = path.relative(root, path.join(entry.parentPath, entry.name));
      const isSkipped = file.split(path.sep).some((part) => SKIPPED.has(part));
      if (entry.isFile() && /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !isSkipped) {
        sources.set(file.split(path.sep).join('/'), readFileSync(path.join(root, file), 'utf8'));
      }
    }
  }
  return sources;
}

const literal = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

/** `new URL('./worker.ts', import.meta.url)` names a module without importing it. */
function moduleUrl(node: ts.NewExpression): string | undefined {
  const specifier = literal(node.arguments?.[0]);
  const isUrl = ts.isIdentifier(node.expression) && node.expression.text === 'URL';
  return isUrl && specifier && /^\.{1,2}\/.*\.tsx?$/.test(specifier) ? specifier : undefined;
}

function importOf(node: ts.Node): Import | undefined {
  const found = (specifier: string | undefined, kind: Import['kind']): Import | undefined =>
    specifier === undefined ? undefined : { specifier, kind };
  if (ts.isImportDeclaration(node)) {
    return found(literal(node.moduleSpecifier), node.importClause?.isTypeOnly ? 'type' : 'value');
  }
  if (ts.isExportDeclaration(node)) {
    return found(literal(node.moduleSpecifier), node.isTypeOnly ? 'type' : 'value');
  }
  if (ts.isImportTypeNode(node)) {
    return found(ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined, 'type');
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return found(literal(node.arguments[0]), 'lazy');
  }
  return ts.isNewExpression(node) ? found(moduleUrl(node), 'lazy') : undefined;
}

/** Every import of one file: static, dynamic, re-exports, types. */
export function importsOf(file: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const one = importOf(node);
    if (one) {
      found.push(one);
    }
    ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile(
      file,
      text,
      ts.ScriptTarget.ESNext,
      false,
      file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
    )
  );
  return found;
}

/** The project's file that a relative import means; bundled code may leave the extension out. Null when there is none. */
export function resolveImport(from: string, specifier: string, sources: Sources): string | null {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return [target, `${target}.ts`, `${target}.tsx`].find((candidate) => sources.has(candidate)) ?? null;
}
