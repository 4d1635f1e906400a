import { builtinRules } from 'eslint/use-at-your-own-risk';
import type { Rule } from 'eslint';

const core = builtinRules.get('max-lines-per-function');

function isDescribeCallback(node: Rule.Node): boolean {
  const call = node.parent;
  if (call?.type !== 'CallExpression') {
    return false;
  }
  let callee: object = call.callee;
  while ('object' in callee || 'callee' in callee || 'tag' in callee) {
    const inner = 'object' in callee ? callee.object : 'callee' in callee ? callee.callee : callee.tag;
    callee = Object(inner);
  }
  return 'name' in callee && callee.name === 'describe';
}

/** The rule of eslint itself, which cannot leave out `describe` blocks: those are lists of tests, not functions to follow. */
export const maxLinesPerFunction: Rule.RuleModule = {
  meta: core?.meta ?? {},
  create(context) {
    const filtered: Rule.RuleContext = Object.create(context, {
      report: {
        value(descriptor: Rule.ReportDescriptor) {
          if (!('node' in descriptor) || !isDescribeCallback(Object(descriptor.node))) {
            context.report(descriptor);
          }
        },
      },
    });
    return core?.create(filtered) ?? {};
  },
};
