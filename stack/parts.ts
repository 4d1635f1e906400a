import { grafana } from './grafana.ts';
import { loki } from './loki.ts';
import type { Part } from './part.ts';
import { prometheus } from './prometheus.ts';
import { tempo } from './tempo.ts';

/** What the stack consists of, in the order in which the parts are looked for. */
export const parts: readonly Part[] = [prometheus, loki, tempo, grafana];
