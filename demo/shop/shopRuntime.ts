import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { FaultEffects } from '../faults/effects.ts';
import type { Random } from '../random.ts';
import type { DemoSettings } from '../settings.ts';
import type { ServiceMetrics } from '../telemetry/metrics.ts';
import type { ProcessName } from '../topology.ts';

/** What every service of the shop is given. */
export interface ShopRuntime {
  readonly service: ProcessName;
  readonly settings: DemoSettings;
  readonly metrics: ServiceMetrics;
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly effects: FaultEffects;
  readonly random: Random;
}
