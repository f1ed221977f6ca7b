/** A fact as AWS told it, or why it could not be read. */
export type Read<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'unread'; readonly reason: string };

/** What is known of an account before anything is deployed. */
export interface AccountFacts {
  /** Lambda's concurrent executions, by region. */
  readonly concurrency: Readonly<Record<string, Read<number>>>;
  /** Cache policies of the account's own, of 20. */
  readonly cachePolicies: Read<number>;
  /** Whether the account is prepared for `cdk deploy` in us-east-1. */
  readonly bootstrapped: Read<boolean>;
}

/** How much of its time a CloudFront Function takes for an event, 0…100 and above. */
export interface Utilisation {
  readonly event: string;
  readonly percent: number;
  /** What the function failed with, if it did. */
  readonly error?: string;
}

/** What is known of a deployed stack. */
export interface DeploymentFacts {
  readonly domainName: string;
  readonly status: Read<string>;
  /** By the name of the viewer-request function. */
  readonly utilisation: Readonly<Record<string, Read<readonly Utilisation[]>>>;
  /** Absent where the stack has no signing. */
  readonly signingKey?: Read<boolean>;
  /** Subscriptions of the alarms' topic that were confirmed; absent where the stack has no alarms. */
  readonly confirmedSubscriptions?: Read<number>;
  /** The key of one object of the access logs, or none; absent where the stack has no access logs. */
  readonly accessLog?: Read<string | undefined>;
  /** What a crop was answered with; absent where no picture was named. */
  readonly crop?: Read<{ readonly status: number; readonly cropStatus: string | undefined }>;
}
