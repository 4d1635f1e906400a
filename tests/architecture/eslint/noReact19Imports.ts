import type { TSESTree } from '@typescript-eslint/utils';
import { createRule } from './createRule.ts';

const REACT_19: Readonly<Record<string, readonly string[]>> = {
  react: [
    'Activity',
    'ViewTransition',
    'cache',
    'cacheSignal',
    'captureOwnerStack',
    'use',
    'useActionState',
    'useEffectEvent',
    'useOptimistic',
  ],
  'react-dom': [
    'preconnect',
    'prefetchDNS',
    'preinit',
    'preinitModule',
    'preload',
    'preloadModule',
    'requestFormReset',
    'useFormState',
    'useFormStatus',
  ],
};

/** Fails on exports of React 19 that React 18, which Grafana up to 13.1 brings, does not have. */
export const noReact19Imports = createRule({
  name: 'noReact19Imports',
  meta: {
    type: 'problem',
    docs: { description: 'Hosts up to Grafana 13.1 run React 18.' },
    schema: [],
    messages: { missing: '"{{name}}" of {{source}} does not exist in React 18, which Grafana up to 13.1 runs.' },
  },
  defaultOptions: [],
  create(context) {
    const namespaces = new Map<string, string>();

    function check(node: TSESTree.Node, source: string | undefined, name: string): void {
      if (source && REACT_19[source]?.includes(name)) {
        context.report({ node, messageId: 'missing', data: { source, name } });
      }
    }

    return {
      ImportDeclaration(node) {
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier') {
            namespaces.set(specifier.local.name, node.source.value);
          } else if (specifier.imported.type === 'Identifier') {
            check(specifier, node.source.value, specifier.imported.name);
          }
        }
      },
      ExportNamedDeclaration(node) {
        for (const specifier of node.specifiers) {
          if (specifier.local.type === 'Identifier') {
            check(specifier, node.source?.value, specifier.local.name);
          }
        }
      },
      MemberExpression(node) {
        if (node.object.type === 'Identifier' && node.property.type === 'Identifier') {
          check(node, namespaces.get(node.object.name), node.property.name);
        }
      },
      JSXMemberExpression(node) {
        if (node.object.type === 'JSXIdentifier') {
          check(node, namespaces.get(node.object.name), node.property.name);
        }
      },
    };
  },
});
