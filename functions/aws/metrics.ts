type Unit = 'Count' | 'Seconds';

/** Namespace of every metric of ours; alarms name it too. */
export const METRICS = 'SGCode';

/**
 * Writes figures to the log in the form that CloudWatch takes metrics from
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function putMetrics(
  stage: string,
  figures: Readonly<Record<string, { value: number; unit: Unit }>>,
  now = Date.now(),
): void {
  const entries = Object.entries(figures);
  const document = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: METRICS,
          Dimensions: [['Stage']],
          Metrics: entries.map(([Name, { unit: Unit }]) => ({ Name, Unit })),
        },
      ],
    },
    Stage: stage,
    ...Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
