import { CfnOutput } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DomainSettings } from '../configuration/domain-options';

/** Custom domain names, the certificate that covers them, and their DNS records. */
export class ImageDomain extends Construct {
  readonly names: string[];
  /** In us-east-1, like the stack: CloudFront accepts no other. */
  readonly certificate: ICertificate;
  private readonly zone: IHostedZone | undefined;

  constructor(scope: Construct, id: string, { names, hostedZone, certificateArn }: DomainSettings) {
    super(scope, id);
    this.names = names;
    // By id and name, not by lookup: synth must work without credentials.
    this.zone =
      hostedZone &&
      HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: hostedZone.id,
        zoneName: hostedZone.name,
      });
    this.certificate =
      certificateArn === undefined
        ? this.createCertificate()
        : Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
  }

  private createCertificate(): ICertificate {
    const [domainName = '', ...subjectAlternativeNames] = this.names;
    return new Certificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames,
      validation: CertificateValidation.fromDns(this.zone),
    });
  }

  /** Creates the DNS records if there is a hosted zone, and outputs the URLs. */
  addAliasRecords(distribution: IDistribution): void {
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    this.names.forEach((recordName, index) => {
      if (this.zone) {
        const record = { zone: this.zone, recordName, target };
        new ARecord(this, `A-${recordName}`, record);
        new AaaaRecord(this, `AAAA-${recordName}`, record);
      }
      new CfnOutput(this, `Url${index + 1}`, { value: `https://${recordName}/` }).overrideLogicalId(
        `Url${index + 1}`,
      );
    });
  }
}
