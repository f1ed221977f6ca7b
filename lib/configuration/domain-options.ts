import { z } from 'zod';
import { text } from './values';

/** Letters, digits and hyphens between dots. No wildcard: it would claim every name under the domain. */
const hostName = text(
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
  'a host name in small letters without a wildcard, as in img.example.com',
  253,
);

const hostedZone = z.strictObject({
  id: text(/^Z[A-Z0-9]{1,31}$/, 'the id of a Route 53 hosted zone, as in Z0123456789ABCDEFGHIJ').describe(
    'The id of the zone.',
  ),
  name: hostName.describe('The domain of the zone.'),
});

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-aws-region */
const certificateArn = text(
  /^arn:aws:acm:us-east-1:\d{12}:certificate\/[A-Za-z0-9-]+$/,
  'the ARN of a certificate in us-east-1, as in arn:aws:acm:us-east-1:123456789012:certificate/…',
);

/** The longest first name that ACM accepts for a certificate: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const MAX_FIRST_NAME = 64;

/** Custom domain names of the distribution. */
export const domainSchema = z
  .strictObject({
    names: z.array(hostName).min(1, 'at least one name').describe('Host names without wildcards.'),
    hostedZone: hostedZone
      .optional()
      .describe('The Route 53 zone for records, and for a certificate where none is given.'),
    certificateArn: certificateArn.optional().describe('A certificate in us-east-1 that covers the names.'),
  })
  .superRefine((domain, context) => {
    const refuse = (path: readonly PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const { names, hostedZone: zone, certificateArn: certificate } = domain;
    if (!zone && !certificate) {
      refuse([], 'hostedZone, in which certificate and records are made, or certificateArn, or both');
    }
    if (zone && !certificate && (names[0]?.length ?? 0) > MAX_FIRST_NAME) {
      refuse(['names', 0], `at most ${MAX_FIRST_NAME} characters for the first name of a certificate`);
    }
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) refuse(['names', index], 'each name once');
      if (zone && name !== zone.name && !name.endsWith(`.${zone.name}`)) {
        refuse(['names', index], `a name in the hosted zone ${zone.name}`);
      }
    });
  });

/** Checked domain names. */
export type DomainSettings = z.output<typeof domainSchema>;
