import { propertiesOf, templateOf } from '../templates';

const ZONE = { id: 'Z0123456789', name: 'example.com' };
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c3d';

const configOf = (domain: object) => {
  const template = templateOf({ domain });
  return { template, config: propertiesOf(template, 'AWS::CloudFront::Distribution')[0]?.DistributionConfig };
};

test('with a hosted zone: a certificate by DNS for all names, and A and AAAA records for each', () => {
  const { template, config } = configOf({ names: ['img.example.com', 'example.com'], hostedZone: ZONE });
  expect(propertiesOf(template, 'AWS::CertificateManager::Certificate')).toEqual([
    expect.objectContaining({
      DomainName: 'img.example.com',
      SubjectAlternativeNames: ['example.com'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: [
        { DomainName: 'img.example.com', HostedZoneId: ZONE.id },
        { DomainName: 'example.com', HostedZoneId: ZONE.id },
      ],
    }),
  ]);
  expect(config).toMatchObject({
    Aliases: ['img.example.com', 'example.com'],
    ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
  });
  const records = propertiesOf(template, 'AWS::Route53::RecordSet');
  expect(records.map(({ Name, Type, HostedZoneId }) => [Name, Type, HostedZoneId])).toEqual([
    ['img.example.com.', 'A', ZONE.id],
    ['img.example.com.', 'AAAA', ZONE.id],
    ['example.com.', 'A', ZONE.id],
    ['example.com.', 'AAAA', ZONE.id],
  ]);
  template.hasOutput('Url1', { Value: 'https://img.example.com/' });
  template.hasOutput('Url2', { Value: 'https://example.com/' });
  template.hasOutput('DistributionUrl', {});
});

test('with a certificate: nothing is made, the records are somebody else’s', () => {
  const { template, config } = configOf({ names: ['img.example.com'], certificateArn: CERTIFICATE });
  template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  template.resourceCountIs('AWS::Route53::RecordSet', 0);
  expect(config).toMatchObject({
    Aliases: ['img.example.com'],
    ViewerCertificate: { AcmCertificateArn: CERTIFICATE, MinimumProtocolVersion: 'TLSv1.2_2021' },
  });
  template.hasOutput('Url1', { Value: 'https://img.example.com/' });
});

test('with both: the certificate as given, and records', () => {
  const { template, config } = configOf({
    names: ['img.example.com'],
    hostedZone: ZONE,
    certificateArn: CERTIFICATE,
  });
  template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  template.resourceCountIs('AWS::Route53::RecordSet', 2);
  expect(config).toMatchObject({ ViewerCertificate: { AcmCertificateArn: CERTIFICATE } });
});

test('without: none of it', () => {
  const template = templateOf({});
  for (const type of ['AWS::CertificateManager::Certificate', 'AWS::Route53::RecordSet'])
    template.resourceCountIs(type, 0);
  const [distribution] = propertiesOf(template, 'AWS::CloudFront::Distribution');
  expect(distribution?.DistributionConfig).not.toHaveProperty('Aliases');
});

test.each([
  [
    { names: ['img.example.com'] },
    'edgecrop.domain: got {"names":["img.example.com"]}, allowed: hostedZone, in which certificate and records ' +
      'are made, or certificateArn, or both',
  ],
  [{ names: [], hostedZone: ZONE }, 'edgecrop.domain.names: got [], allowed: at least one name'],
  [
    { names: ['*.example.com'], hostedZone: ZONE },
    'edgecrop.domain.names.0: got "*.example.com", allowed: a host name in small letters without a wildcard, ' +
      'as in img.example.com',
  ],
  [
    { names: ['https://img.example.com/'], hostedZone: ZONE },
    'edgecrop.domain.names.0: got "https://img.example.com/", allowed: a host name',
  ],
  [
    { names: ['img.example.org'], hostedZone: ZONE },
    'edgecrop.domain.names.0: got "img.example.org", allowed: a name in the hosted zone example.com',
  ],
  [
    { names: ['a.example.com', 'a.example.com'], hostedZone: ZONE },
    'edgecrop.domain.names.1: got "a.example.com", allowed: each name once',
  ],
  [
    { names: [`${'a'.repeat(60)}.example.com`], hostedZone: ZONE },
    'allowed: at most 64 characters for the first name of a certificate',
  ],
  [
    { names: ['a.example.com'], hostedZone: { id: '/hostedzone/Z1', name: 'example.com' } },
    'edgecrop.domain.hostedZone.id: got "/hostedzone/Z1", allowed: the id of a Route 53 hosted zone, as in ' +
      'Z0123456789ABCDEFGHIJ',
  ],
  [
    { names: ['a.example.com'], certificateArn: CERTIFICATE.replace('us-east-1', 'eu-west-1') },
    'allowed: the ARN of a certificate in us-east-1, as in ' +
      'arn:aws:acm:us-east-1:123456789012:certificate/…',
  ],
])('refuses %j', (domain, message) => {
  expect(() => templateOf({ domain })).toThrow(message);
});
