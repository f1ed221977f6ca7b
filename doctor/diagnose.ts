import type { AccountFacts, DeploymentFacts, Read } from './facts';

/** One line of the diagnosis. */
export interface Diagnosis {
  readonly name: string;
  readonly verdict: 'ok' | 'attention' | 'unknown';
  /** What was seen, and what to do where that is not right. */
  readonly text: string;
}

/** What a page of uncached pictures asks for at once; a young account may have 10. */
const ENOUGH_CONCURRENCY = 100;

/** Of 20 cache policies the stack needs one, and one more while `ttl` changes. */
const CACHE_POLICIES = 20;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/test-function.html */
const MAX_UTILISATION = 50;

/** What to see to before a first deploy. */
export function diagnoseAccount(facts: AccountFacts): readonly Diagnosis[] {
  return [
    ...Object.entries(facts.concurrency).map(([region, concurrency]) =>
      diagnosis(`concurrency.${region}`, concurrency, (executions) =>
        executions >= ENOUGH_CONCURRENCY
          ? ok(`${executions} functions may run at once`)
          : attention(
              `only ${executions} functions may run at once; more crops at a time are answered 503. Raise it: aws service-quotas ` +
                `request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
            ),
      ),
    ),
    diagnosis('cache-policies', facts.cachePolicies, (count) =>
      count <= CACHE_POLICIES - 2
        ? ok(`${count} of ${CACHE_POLICIES} are in use`)
        : attention(
            `${count} of ${CACHE_POLICIES} are in use; a deploy needs two. Delete some that no distribution uses`,
          ),
    ),
    diagnosis('bootstrap', facts.bootstrapped, (is) =>
      is
        ? ok('us-east-1 is prepared for cdk deploy')
        : attention('run: npx cdk bootstrap aws://ACCOUNT/us-east-1'),
    ),
  ];
}

/** What to look at when a stack is deployed. */
export function diagnoseDeployment(facts: DeploymentFacts): readonly Diagnosis[] {
  const { signingKey, confirmedSubscriptions, accessLog, crop } = facts;
  return [
    diagnosis('distribution', facts.status, (status) =>
      status === 'Deployed'
        ? ok(`https://${facts.domainName}/ is deployed`)
        : attention(`${status}: a change takes some minutes to reach every location`),
    ),
    ...Object.entries(facts.utilisation).map(([name, utilisation]) =>
      diagnosis(`viewer-request.${name}`, utilisation, (tests) => {
        const failed = tests.find(({ error }) => error !== undefined);
        if (failed) return attention(`fails for ${failed.event}: ${failed.error}`);
        const seen = tests.map(({ event, percent }) => `${event} ${percent}`).join(', ');
        return tests.every(({ percent }) => percent <= MAX_UTILISATION)
          ? ok(`takes of its time, in %: ${seen}`)
          : attention(
              `takes of its time, in %: ${seen}; from 71 on CloudFront may throttle it. Name fewer types, or report it`,
            );
      }),
    ),
    ...(signingKey === undefined
      ? []
      : [
          diagnosis('signing-key', signingKey, (is) =>
            is
              ? ok('there is a key')
              : attention('every URL is refused until there is a key: npm run keys -- create'),
          ),
        ]),
    ...(confirmedSubscriptions === undefined
      ? []
      : [
          diagnosis('alarm-mail', confirmedSubscriptions, (count) =>
            count > 0
              ? ok(`${count} confirmed subscriptions`)
              : attention('alarms tell nobody: confirm the subscription from the mail that AWS has sent'),
          ),
        ]),
    ...(accessLog === undefined
      ? []
      : [
          diagnosis('access-logs', accessLog, (key) =>
            key === undefined
              ? attention('no object yet; the first comes up to 12 hours after the deploy')
              : ok(`delivered, as ${key}`),
          ),
        ]),
    ...(crop === undefined
      ? []
      : [
          diagnosis('crop', crop, ({ status, cropStatus }) =>
            status === 200 && cropStatus?.startsWith('rendered;') === true
              ? ok(cropStatus)
              : attention(
                  `status ${status}, crop-status ${cropStatus ?? 'none'}: see docs/first-deploy.md, step 4`,
                ),
          ),
        ]),
  ];
}

type Verdict = Omit<Diagnosis, 'name'>;

function diagnosis<T>(name: string, fact: Read<T>, judge: (value: T) => Verdict): Diagnosis {
  return fact.kind === 'read'
    ? { name, ...judge(fact.value) }
    : { name, verdict: 'unknown', text: fact.reason };
}

function ok(text: string): Verdict {
  return { verdict: 'ok', text };
}

function attention(text: string): Verdict {
  return { verdict: 'attention', text };
}
