import * as access from './access.ts';
import * as alerts from './alerts.ts';
import * as evidence from './evidence.ts';
import * as frames from './frames.ts';
import * as intake from './intake.ts';
import type { OperationContract } from './operation.ts';
import * as routing from './routing.ts';
import * as serviceMap from './serviceMap.ts';
import * as system from './system.ts';
import * as thresholds from './thresholds.ts';
import * as traceAnalysis from './traceAnalysis.ts';
import * as traceComparison from './traceComparison.ts';
import * as traces from './traces.ts';
import * as undelivered from './undelivered.ts';
import * as views from './views.ts';

const isContract = (value: unknown): value is OperationContract =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;

/** Every operation of the engine, in the order of the reference. */
export const CONTRACTS: readonly OperationContract[] = [
  system,
  alerts,
  evidence,
  traces,
  traceAnalysis,
  traceComparison,
  serviceMap,
  frames,
  thresholds,
  routing,
  undelivered,
  views,
  access,
  intake,
].flatMap((module) => Object.values(module).filter(isContract));
