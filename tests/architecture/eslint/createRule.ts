import {
  ESLintUtils,
  type ParserServicesWithTypeInformation,
  type TSESLint,
  type TSESTree,
} from '@typescript-eslint/utils';

export const createRule = ESLintUtils.RuleCreator((name) => `tests/architecture/eslint/${name}.ts`);

export type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Type information, or null for files that no tsconfig holds. */
export function typesOf(context: Context): ParserServicesWithTypeInformation | null {
  const services = context.sourceCode.parserServices;
  return services?.program ? ESLintUtils.getParserServices(context) : null;
}

/** `Foo` of `<Foo>`, `Bar` of `<Foo.Bar>`. */
export function elementName(node: TSESTree.JSXTagNameExpression): string {
  if (node.type === 'JSXIdentifier') {
    return node.name;
  }
  return node.type === 'JSXMemberExpression' ? node.property.name : node.name.name;
}

export const isOwnComponent = (name: string): boolean => /^[A-Z]/.test(name);

export function attribute(element: TSESTree.JSXOpeningElement, name: string): TSESTree.JSXAttribute | undefined {
  return element.attributes.find(
    (candidate): candidate is TSESTree.JSXAttribute => candidate.type === 'JSXAttribute' && candidate.name.name === name
  );
}
