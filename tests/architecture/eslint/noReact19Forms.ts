import type { TSESTree } from '@typescript-eslint/utils';
import type { Type } from 'typescript';
import { attribute, createRule, elementName, isOwnComponent, typesOf } from './createRule.ts';

type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

function componentName(node: FunctionNode): string {
  if (node.id) {
    return node.id.name;
  }
  return node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier' ? node.parent.id.name : '';
}

const isNamed = (node: TSESTree.Node | undefined, name: string): boolean =>
  node?.type === 'Identifier' && node.name === name;

function destructuresRef(node: FunctionNode): TSESTree.Node | undefined {
  const [props] = node.params;
  const isForwarded = node.parent.type === 'CallExpression';
  if (props?.type !== 'ObjectPattern' || isForwarded || !isOwnComponent(componentName(node))) {
    return undefined;
  }
  return props.properties.find((property) => property.type === 'Property' && isNamed(property.key, 'ref'));
}

/** True for a callback whose result is itself a function: React 19 calls it on unmount, React 18 only warns and leaks. */
const returnsFunction = (type: Type): boolean =>
  type.getCallSignatures().some((signature) => {
    const result = signature.getReturnType();
    return (result.isUnion() ? result.types : [result]).some((option) => option.getCallSignatures().length > 0);
  });

/** Without `forwardRef` a function component never sees `ref` in React 18. */
const isPlainFunctionComponent = (type: Type): boolean =>
  type.getCallSignatures().length > 0 && !type.getProperty('$$typeof') && type.getConstructSignatures().length === 0;

const isContext = (type: Type): boolean => Boolean(type.getProperty('Provider') && type.getProperty('Consumer'));

/** Fails on forms that type-check with React 19 and do nothing, or break, in React 18, which Grafana up to 13.1 runs. */
export const noReact19Forms = createRule({
  name: 'noReact19Forms',
  meta: {
    type: 'problem',
    docs: { description: 'Hosts up to Grafana 13.1 run React 18.' },
    schema: [],
    messages: {
      contextAsProvider: 'React 18 does not render <Context value>; write <{{name}}.Provider value>.',
      refProp: 'React 18 does not pass `ref` as a prop; use forwardRef, or name the prop otherwise.',
      refInProps: '`{{name}}` includes `ref`, which React 18 does not pass as a prop; use ComponentPropsWithoutRef.',
      refCleanup: 'React 18 does not call the function that a ref callback returns; clean up in an effect.',
      formAction: 'React 18 does not call functions given as `{{name}}`; use onSubmit.',
      asyncTransition: 'React 18 does not wait for an async transition; keep a pending state of your own.',
      deferredInitial: 'React 18 ignores the second argument of useDeferredValue.',
    },
  },
  defaultOptions: [],
  create(context) {
    const services = typesOf(context);

    function checkFunction(node: FunctionNode): void {
      const ref = destructuresRef(node);
      if (ref) {
        context.report({ node: ref, messageId: 'refProp' });
      }
    }

    function checkRef(element: TSESTree.JSXOpeningElement, ref: TSESTree.JSXAttribute): void {
      const name = elementName(element.name);
      if (services && isOwnComponent(name) && isPlainFunctionComponent(services.getTypeAtLocation(element.name))) {
        context.report({ node: ref, messageId: 'refProp' });
      }
      const value = ref.value?.type === 'JSXExpressionContainer' ? ref.value.expression : undefined;
      if (services && value && returnsFunction(services.getTypeAtLocation(value))) {
        context.report({ node: ref, messageId: 'refCleanup' });
      }
    }

    function checkAction(element: TSESTree.JSXOpeningElement): void {
      for (const name of ['action', 'formAction']) {
        const found = attribute(element, name);
        if (!isOwnComponent(elementName(element.name)) && found?.value?.type === 'JSXExpressionContainer') {
          context.report({ node: found, messageId: 'formAction', data: { name } });
        }
      }
    }

    return {
      ArrowFunctionExpression: checkFunction,
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      TSPropertySignature(node) {
        if (isNamed(node.key, 'ref') && context.filename.endsWith('.tsx')) {
          context.report({ node, messageId: 'refProp' });
        }
      },
      MemberExpression(node) {
        if (isNamed(node.object, 'props') && isNamed(node.property, 'ref')) {
          context.report({ node, messageId: 'refProp' });
        }
      },
      TSTypeReference(node) {
        const name = node.typeName.type === 'TSQualifiedName' ? node.typeName.right : node.typeName;
        if (isNamed(name, 'ComponentProps') || isNamed(name, 'ComponentPropsWithRef')) {
          context.report({ node, messageId: 'refInProps', data: { name: context.sourceCode.getText(name) } });
        }
      },
      JSXOpeningElement(node) {
        const name = elementName(node.name);
        if (isOwnComponent(name) && services && isContext(services.getTypeAtLocation(node.name))) {
          context.report({ node, messageId: 'contextAsProvider', data: { name } });
        }
        const ref = attribute(node, 'ref');
        if (ref) {
          checkRef(node, ref);
        }
        checkAction(node);
      },
      CallExpression(node) {
        const [first] = node.arguments;
        if (isNamed(node.callee, 'startTransition') && first && 'async' in first && first.async) {
          context.report({ node, messageId: 'asyncTransition' });
        }
        if (isNamed(node.callee, 'useDeferredValue') && node.arguments.length > 1) {
          context.report({ node, messageId: 'deferredInitial' });
        }
      },
    };
  },
});
