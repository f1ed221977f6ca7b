import { type Probe, unknown } from '../harness/check';

/** Questions that no answer to a viewer shows: where to look instead. */
const QUESTIONS: readonly (readonly [name: string, about: string, howToTell: string])[] = [
  [
    'oac-event',
    'what are `origin.s3.authMethod` and `.region` under origin access control?',
    "log `event.Records[0].cf.request.origin` in a version of the function of one's own",
  ],
  [
    '206-to-200',
    'may a function answer 200 with a whole body where S3 said 206?',
    'the viewer-request function removes Range; detach it and send `Range: bytes=0-9` to a crop nobody had',
  ],
  [
    '304-to-200',
    'may a function answer 200 with a body where S3 said 304?',
    'this function never does: needs one that tries',
  ],
  [
    'head-body',
    'is a body that a function gives to a HEAD dropped or refused?',
    'this function gives none: needs one that tries',
  ],
  [
    'stale-if-error',
    'is a stale entry served where the function fails at its renewal?',
    'put a version that throws, wait for an entry to expire, ask for it: 503 or the old picture',
  ],
  [
    'edge-logs',
    'do replicas honour the JSON log format, and are embedded metrics counted?',
    'CloudWatch in the region next to the viewer: log group /aws/lambda/us-east-1.NAME, namespace of the metrics',
  ],
  [
    'edge-function-name',
    "what is the dimension FunctionName of a replica's metrics, in us-east-1 as well?",
    'aws cloudwatch list-metrics --namespace AWS/Lambda --metric-name Invocations in two regions: the dashboard says us-east-1.NAME',
  ],
  [
    'shield-region',
    'does the function run in the region of Origin Shield alone?',
    'synthesise with originShield, ask from two continents, and look for the log group in EDGE_REGIONS (lib/configuration/edge-regions.ts)',
  ],
  [
    'log-group-first',
    'do replicas write to a group that was there before them, and leave its retention?',
    'synthesise with logRetention.everyRegion; then aws logs describe-log-groups in each region',
  ],
  [
    'access-log-fields',
    'does the delivery take these fields and this path for CloudFront?',
    'deploy with accessLogs; aws logs describe-configuration-templates --service cloudfront names what is allowed',
  ],
  [
    'invalidation-spelling',
    'which spelling of a path with `+`, `(` or `!` is purged, where the function has changed it?',
    'crop cat (1).jpg, purge one of the two that docs/purging.md calls for, ask again: Miss or Hit',
  ],
  [
    'bucket-notification',
    'does the bucket accept the queue, whose policy names the account and no bucket?',
    'deploy with autoInvalidate; replace a picture; the log of the function that purges has a line',
  ],
  [
    'sparse-alarms',
    'do the shares rise where a reason has never been counted before?',
    'deploy with alarms and originShield, take s3:GetObject from the role for ten minutes, watch the alarm',
  ],
  [
    'reserved-concurrency',
    'may an edge function have reserved concurrency?',
    'set it on the function in us-east-1 and deploy',
  ],
  [
    'old-versions',
    "does an update end in UPDATE_COMPLETE where an old version's replicas are still there?",
    'deploy a change of the pixels and read the events of the stack',
  ],
  [
    'runtime',
    'does the Node.js of the template run at the edge?',
    'symptom: the deploy fails with `InvalidLambdaFunctionAssociation: The function has a runtime that is not supported`. Remedy: NODEJS_22_X in lib/cropping/origin-response-function.ts',
  ],
  [
    'compute-utilisation',
    'how much of its time does the viewer-request function take?',
    'edgecrop doctor tries three events with test-function. Symptom: above 50 %, or FunctionThrottles in CloudWatch and 503. Remedy: fewer types',
  ],
  [
    'alarm-publishes',
    'may CloudWatch publish to the topic of the alarms?',
    'aws cloudwatch set-alarm-state … ALARM. Symptom: no mail, and `not authorized to perform: SNS:Publish` in the history of the alarm. Remedy: the statement for cloudwatch.amazonaws.com in the policy of the topic',
  ],
  [
    'access-log-prefix',
    'is a log object put under AWSLogs/ACCOUNT/CloudFront/, after an update of the delivery as well?',
    'deploy with accessLogs, wait twelve hours, aws s3 ls --recursive s3://LOG_BUCKET/. Symptom: objects under another prefix, or none. Remedy: the prefix in the delivery destination, and the same one in the policy of the bucket (lib/operations/access-logs.ts)',
  ],
  [
    'store-functions',
    'do functions that an update is about to delete count against the ten of a key value store?',
    'deploy with signing and five patterns that have types of their own, then change quality. Symptom: the update fails at AWS::CloudFront::Function. Remedy: fewer patterns with types of their own',
  ],
  [
    'function-tags',
    'do tags of the stack on an edge function fail the deploy?',
    'npx cdk deploy --tags a=b. Symptom: the deploy fails at the function. Remedy: no tags on the stack',
  ],
  [
    'key-value-price',
    'what does a read of the key value store cost?',
    'the bill of a month with signing, against cost/prices.ts',
  ],
];

export const OUTSIDE_PROBES: readonly Probe[] = QUESTIONS.map(([name, about, howToTell]) => ({
  name: `probe.${name}`,
  about,
  run: async () => unknown(howToTell),
}));
