import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { EngineError } from '../../errors.ts';

/** @throws EngineError `invalid_input` where a window ends before it begins */
export function requireWindow({ from, to }: TimeWindow, path = 'to'): void {
  if (to < from) {
    const message = 'expected a time that is not before "from"';
    throw new EngineError('invalid_input', `${path}: ${message}`, { errors: [{ path, message }] });
  }
}
