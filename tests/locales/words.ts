import ts from 'typescript';

/** English by key, as i18next has them: plural forms end on `_one`, `_other`. */
export type Words = ReadonlyMap<string, string>;

export interface FoundWords {
  readonly words: Words;
  /** Sentences on what cannot be told from the source alone. */
  readonly problems: readonly string[];
}

interface Call {
  readonly key: ts.Expression | undefined;
  readonly english: ts.Expression | undefined;
  readonly options: ts.Expression | undefined;
}

function attribute(element: ts.JsxOpeningLikeElement, name: string): ts.Expression | undefined {
  for (const one of element.attributes.properties) {
    if (ts.isJsxAttribute(one) && one.name.getText() === name) {
      const { initializer } = one;
      return initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
    }
  }
  return undefined;
}

/** `t('key', 'English', {…})`, or `<Trans i18nKey="key" defaults="English" tOptions={{…}} />`. */
function callOf(node: ts.Node): Call | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
    const [key, english, options] = node.arguments;
    return { key, english, options };
  }
  if ((ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) && node.tagName.getText() === 'Trans') {
    return {
      key: attribute(node, 'i18nKey'),
      english: attribute(node, 'defaults'),
      options: attribute(node, 'tOptions'),
    };
  }
  return undefined;
}

const textOf = (node: ts.Expression | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

const FORM = /^defaultValue_(\w+)$/;

/** The plural forms among the options, by `one` and `other`; the text is undefined where it is no literal. */
function formsOf(options: ts.Expression | undefined): ReadonlyArray<readonly [form: string, text: string | undefined]> {
  const properties = options && ts.isObjectLiteralExpression(options) ? [...options.properties] : [];
  return properties.flatMap((property) => {
    const form = property.name && ts.isIdentifier(property.name) ? FORM.exec(property.name.text)?.[1] : undefined;
    return form !== undefined && ts.isPropertyAssignment(property)
      ? [[form, textOf(property.initializer)] as const]
      : [];
  });
}

function wordsOf({ key, english, options }: Call): ReadonlyArray<readonly [key: string, english: string]> | string {
  const name = textOf(key);
  if (name === undefined || !/^[\w-]+(?:\.[\w-]+)+$/.test(name)) {
    return `expected a literal key such as 'alerts.list.empty', got ${key?.getText() ?? 'none'}`;
  }
  const forms = formsOf(options);
  const texts =
    forms.length === 0
      ? [[name, textOf(english)] as const]
      : forms.map(([form, text]) => [`${name}_${form}`, text] as const);
  const read = texts.flatMap(([one, text]) => (text === undefined || text === '' ? [] : [[one, text] as const]));
  return read.length === texts.length ? read : `${name}: expected its English as a literal`;
}

/** Every word that a file of ours says through `t` and `Trans`. */
export function findWords(file: string, text: string): FoundWords {
  const words = new Map<string, string>();
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const call = callOf(node);
    const found = call && wordsOf(call);
    if (typeof found === 'string') {
      problems.push(`${file}: ${found}`);
    }
    for (const [key, english] of Array.isArray(found) ? found : []) {
      if ((words.get(key) ?? english) !== english) {
        problems.push(`${file}: ${key} stands for two sentences`);
      }
      words.set(key, english);
    }
    ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile(
      file,
      text,
      ts.ScriptTarget.ESNext,
      true,
      file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
    )
  );
  return { words, problems };
}
