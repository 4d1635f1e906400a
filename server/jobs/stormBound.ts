import { seconds } from '../../src/core/units.ts';
import { createTokenBuckets, type TokenBuckets } from '../tokenBuckets.ts';

/**
 * Bounds the deliveries to each receiver, so that a storm of alerts becomes a few messages that carry many: three at once and one each
 * 10 s after that, never more than five in any 30 s.
 */
export const createStormBound = (): TokenBuckets => createTokenBuckets({ burst: 3, refill: seconds(10) });
