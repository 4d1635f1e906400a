import type { TSESTree } from '@typescript-eslint/utils';
import { createRule, elementName, typesOf } from './createRule.ts';
import { EXTENSION_POINT_IDS, missingExports, missingExtensionPoints, missingIcons } from './grafanaMissing.ts';

const missingIds = new Set([...missingExtensionPoints].map((name) => EXTENSION_POINT_IDS[name]));
const unstable = /^@grafana\/[^/]+\/unstable(\/|$)/;
/** Two names that only `IconName` has: a context that accepts both expects an icon. */
const ICON_WITNESSES = ['gf-pin-filled', 'open-telemetry'];

function keyName(node: TSESTree.Node | undefined): string {
  if (node?.type === 'Identifier' || node?.type === 'JSXIdentifier') {
    return node.name;
  }
  return node?.type === 'Literal' ? String(node.value) : '';
}

/** The attribute, property or variable that a literal ends up in, looking through conditions and braces. */
function destination(node: TSESTree.Node): TSESTree.Node | undefined {
  let current = node.parent;
  while (
    current &&
    [
      'ConditionalExpression',
      'LogicalExpression',
      'JSXExpressionContainer',
      'TSAsExpression',
      'TSSatisfiesExpression',
    ].includes(current.type)
  ) {
    current = current.parent;
  }
  return current;
}

function isIconByName(node: TSESTree.Literal): boolean {
  const target = destination(node);
  switch (target?.type) {
    case 'JSXAttribute': {
      const name = keyName(target.name);
      const inIcon = target.parent.type === 'JSXOpeningElement' && /^Icon/.test(elementName(target.parent.name));
      return /icon$/i.test(name) || (name === 'name' && inIcon);
    }
    case 'Property':
      return /icon$/i.test(keyName(target.key));
    case 'VariableDeclarator':
      return /icon$/i.test(keyName(target.id));
    default:
      return false;
  }
}

/** Fails on what the packages offer at compile time and a Grafana 12.4 host does not have at run time. */
export const noGrafanaMissing = createRule({
  name: 'noGrafanaMissing',
  meta: {
    type: 'problem',
    docs: { description: 'Grafana 12.4 must be able to run the bundle.' },
    schema: [],
    messages: {
      export: '"{{name}}" of {{source}} is missing in Grafana 12.4, the oldest supported host.',
      unstable: '"{{source}}" may change or vanish between hosts; use the stable entry points.',
      icon: 'The icon "{{name}}" is missing in Grafana 12.4, the oldest supported host.',
      extensionPoint: 'The extension point "{{name}}" is missing in Grafana 12.4, the oldest supported host.',
    },
  },
  defaultOptions: [],
  create(context) {
    const namespaces = new Map<string, string>();
    const services = typesOf(context);

    function checkSource(node: TSESTree.Node, source: string): void {
      if (unstable.test(source)) {
        context.report({ node, messageId: 'unstable', data: { source } });
      }
    }

    function checkName(node: TSESTree.Node, source: string, name: string): void {
      if (missingExports.get(source)?.has(name)) {
        context.report({ node, messageId: 'export', data: { source, name } });
      }
    }

    function isIconByType(node: TSESTree.Literal): boolean {
      const contextual = services?.program.getTypeChecker().getContextualType(services.esTreeNodeToTSNodeMap.get(node));
      const options = contextual?.isUnion() ? contextual.types : [];
      const accepted = new Set(options.map((type) => (type.isStringLiteral() ? type.value : '')));
      return ICON_WITNESSES.every((name) => accepted.has(name));
    }

    function checkLiteral(node: TSESTree.Literal): void {
      if (typeof node.value !== 'string') {
        return;
      }
      if (missingIds.has(node.value)) {
        context.report({ node, messageId: 'extensionPoint', data: { name: node.value } });
      } else if (missingIcons.has(node.value) && (isIconByName(node) || isIconByType(node))) {
        context.report({ node, messageId: 'icon', data: { name: node.value } });
      }
    }

    return {
      ImportDeclaration(node) {
        checkSource(node, node.source.value);
        for (const specifier of node.specifiers) {
          if (specifier.type === 'ImportSpecifier') {
            checkName(specifier, node.source.value, keyName(specifier.imported));
          } else {
            namespaces.set(specifier.local.name, node.source.value);
          }
        }
      },
      ExportNamedDeclaration(node) {
        if (node.source) {
          checkSource(node, node.source.value);
          for (const specifier of node.specifiers) {
            checkName(specifier, node.source.value, keyName(specifier.local));
          }
        }
      },
      ExportAllDeclaration(node) {
        checkSource(node, node.source.value);
      },
      ImportExpression(node) {
        if (node.source.type === 'Literal') {
          checkSource(node, String(node.source.value));
        }
      },
      MemberExpression(node) {
        const object = keyName(node.object);
        const property = keyName(node.property);
        if (object === 'PluginExtensionPoints' && missingExtensionPoints.has(property)) {
          context.report({ node, messageId: 'extensionPoint', data: { name: property } });
        }
        checkName(node, namespaces.get(object) ?? '', property);
      },
      JSXMemberExpression(node) {
        checkName(node, namespaces.get(keyName(node.object)) ?? '', node.property.name);
      },
      Literal: checkLiteral,
    };
  },
});
