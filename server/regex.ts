import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import type { CompileRegex } from '../src/core/matchers.ts';
import { EngineError, messageOf } from './errors.ts';

const require = createRequire(import.meta.url);

/** RE2 in JavaScript: linear time whatever the pattern, and the same syntax as Prometheus and Alertmanager. Anchored. */
export const compileRegex: CompileRegex = (pattern) => {
  // Loaded with the first pattern: engines whose routes and silences name things do without it in memory.
  const { RE2JS }: typeof Re2 = require('re2js');
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
    return (text) => compiled.matches(text);
  } catch (error) {
    throw new EngineError('invalid_input', `"${pattern}" is not a valid RE2 regular expression: ${messageOf(error)}`);
  }
};
