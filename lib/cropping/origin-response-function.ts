import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SETTINGS_MODULE } from './settings-file';
import { suppressFinding } from './suppress-finding';

const PROJECT_ROOT = join(__dirname, '../..');

export interface OriginResponseFunctionProps {
  /** The file that {@link writeSettingsFile} wrote: the function cannot have environment variables. */
  readonly settingsFile: string;
  /**
   * In megabytes.
   *
   * @default 1769 - the least that brings a whole vCPU:
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number;
  /**
   * How long the log in us-east-1 is kept.
   *
   * @default 30
   */
  readonly logRetentionDays?: RetentionDays;
}

/**
 * The function that renders. Every property here is held by a test: CDK itself checks only that an edge
 * function has no environment, the rest would fail at deploy.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export class OriginResponseFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: OriginResponseFunctionProps) {
    super(scope, id, {
      description: 'edgecrop: renders the crop that a URL names (CloudFront origin-response)',
      entry: join(PROJECT_ROOT, 'lambda/origin-response/index.ts'),
      projectRoot: PROJECT_ROOT,
      depsLockFilePath: join(PROJECT_ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      memorySize: props.memorySize ?? 1769,
      timeout: Duration.seconds(30),
      // Replicas in every region write to a group of this very name there.
      logGroup: new LogGroup(scope, `${id}Logs`, {
        retention: props.logRetentionDays ?? RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // A version that CloudFront has replicated cannot be deleted for hours, and each code change drops one:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.ESM,
        // The same file runs on a developer's machine.
        target: 'node20',
        minify: true,
        bundleAwsSDK: true,
        // Without this the SDK's CommonJS build is taken, whose `require` fails inside an ES module.
        mainFields: ['module', 'main'],
        esbuildArgs: {
          '--conditions': 'module',
          '--alias': `${SETTINGS_MODULE}=${props.settingsFile}`,
        },
        // sharp's binary for Lambda, whatever machine this is:
        // https://sharp.pixelplumbing.com/install/#cross-platform
        nodeModules: ['sharp'],
        environment: {
          npm_config_os: 'linux',
          npm_config_cpu: 'x64',
          npm_config_libc: 'glibc',
          npm_config_prefer_offline: 'true',
          npm_config_loglevel: 'error',
        },
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) => [`node "${join(__dirname, 'trim-bundle.cjs')}" "${output}"`],
        },
      },
    });
    this.applyRemovalPolicy(RemovalPolicy.RETAIN);
    suppressFinding(
      this,
      'AwsSolutions-IAM4',
      'replicas create and write the log group in whatever region they run',
    );
  }
}
