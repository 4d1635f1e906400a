import { COMMON_SERVICE_LABELS, type Convention } from '../convention.ts';
import { jobDurationSources, jobSources } from '../requestSources.ts';

export const queuesAndJobs: Convention = {
  name: 'Queues and jobs',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    {
      signal: 'queue_depth',
      metrics: ['queue_depth'],
      expr: (scope) => scope.by('max', scope.gauge('queue_depth')),
    },
    {
      signal: 'queue_depth',
      metrics: ['rabbitmq_queue_messages_ready'],
      expr: (scope) => scope.by('max', scope.gauge('rabbitmq_queue_messages_ready')),
    },
    {
      signal: 'queue_age',
      metrics: ['queue_oldest_age_seconds'],
      expr: (scope) => scope.by('max', scope.gauge('queue_oldest_age_seconds')),
    },
    ...jobSources('jobs_total', [{ name: 'status', op: '=~', value: 'failed|failure|error' }]),
    ...jobDurationSources('job_duration_seconds'),
  ],
};

/** A consumer group is the service that falls behind; its lag over all partitions is the depth of its queue. */
export const kafkaConsumers: Convention = {
  name: 'Kafka consumer groups',
  serviceLabels: ['consumergroup'],
  sources: [
    {
      signal: 'queue_depth',
      metrics: ['kafka_consumergroup_lag'],
      expr: (scope) => scope.by('sum', scope.gauge('kafka_consumergroup_lag')),
    },
  ],
};
