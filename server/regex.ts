import { RE2JS } from 're2js';
import type { CompileRegex } from '../src/core/matchers.ts';
import { EngineError, messageOf } from './errors.ts';

/** RE2 in JavaScript: linear time whatever the pattern, and the same syntax as Prometheus and Alertmanager. Anchored. */
export const compileRegex: CompileRegex = (pattern) => {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
    return (text) => compiled.matches(text);
  } catch (error) {
    throw new EngineError('invalid_input', `"${pattern}" is not a valid RE2 regular expression: ${messageOf(error)}`);
  }
};
