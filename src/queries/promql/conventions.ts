import type { Convention } from './convention.ts';
import { httpRequests, otelHttpServer } from './conventions/httpServer.ts';
import { nodeExporter } from './conventions/nodeExporter.ts';
import { processMetrics, scrapeTargets } from './conventions/process.ts';
import { kafkaConsumers, queuesAndJobs } from './conventions/queues.ts';
import { grpcServer } from './conventions/rpcServer.ts';
import { istio } from './conventions/serviceMesh.ts';
import { collectorSpanMetrics, tempoSpanMetrics } from './conventions/spanMetrics.ts';

/**
 * Every family of metric names that signals are found in. The first that has a value for a service is believed: what a service says
 * of itself comes before what the mesh, and that before what sampled traces say of it.
 */
export const CONVENTIONS: readonly Convention[] = [
  otelHttpServer,
  httpRequests,
  grpcServer,
  istio,
  tempoSpanMetrics,
  collectorSpanMetrics,
  // Before the process metrics: what node_exporter says of itself is not what it says of its machine.
  nodeExporter,
  processMetrics,
  queuesAndJobs,
  kafkaConsumers,
  scrapeTargets,
];
