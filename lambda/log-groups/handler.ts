import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda';

/** A log group, and the regions in which it has to be. */
export interface RegionalLogGroup {
  readonly name: string;
  readonly regions: readonly string[];
}

/** What the stack asks for. */
export interface LogGroupsProperties {
  readonly groups: readonly RegionalLogGroup[];
  /** CloudFormation passes every number as a text. */
  readonly retentionDays: string;
}

export type EnsureLogGroup = (region: string, name: string, retentionDays: number) => Promise<void>;

/**
 * Ensures log groups in many regions, all of a stack at once. When the stack goes the groups stay: the replicas of
 * its functions live on for hours, and would create groups without a retention.
 *
 * @throws Error the regions in which it failed, and why
 */
export function createHandler(ensure: EnsureLogGroup) {
  return async (event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> => {
    if (event.RequestType !== 'Delete') {
      // CloudFormation adds the ServiceToken and knows nothing of the rest.
      const { groups, retentionDays } = event.ResourceProperties as unknown as LogGroupsProperties;
      await ensureAll(ensure, groups, Number(retentionDays));
    }
    // Never another one, which CloudFormation would take for a replacement.
    return { PhysicalResourceId: 'edgecrop-log-groups' };
  };
}

/** Regions side by side, and in each one group after the other: each region has its own limit of calls. */
async function ensureAll(
  ensure: EnsureLogGroup,
  groups: readonly RegionalLogGroup[],
  retentionDays: number,
): Promise<void> {
  const regions = [...new Set(groups.flatMap((group) => group.regions))];
  const results = await Promise.allSettled(
    regions.map(async (region) => {
      for (const { name } of groups.filter((group) => group.regions.includes(region))) {
        await ensure(region, name, retentionDays);
      }
    }),
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${regions[index]}: ${result.reason}`] : [],
  );
  if (failures.length > 0) throw new Error(`log groups: ${failures.join('; ')}`);
}
