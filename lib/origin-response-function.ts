import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Duration, RemovalPolicy, Stage } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../lambda/settings';

const PROJECT_ROOT = join(__dirname, '..');

export interface OriginResponseFunctionProps {
  /** Baked into the bundle, since the function cannot have environment variables. */
  readonly settings: Settings;
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
      // The least memory that brings a whole vCPU:
      // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
      memorySize: 1769,
      timeout: Duration.seconds(30),
      // Replicas in every region write to a group of this very name there.
      logGroup: new LogGroup(scope, `${id}Logs`, {
        retention: RetentionDays.ONE_MONTH,
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
          '--alias': `edgecrop-settings=${writeSettings(scope, id, props.settings)}`,
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
  }
}

/** A file, and not esbuild's `define`: quotes in an argument do not survive every Windows shell. */
function writeSettings(scope: Construct, id: string, settings: Settings): string {
  const outdir = Stage.of(scope)?.outdir;
  if (outdir === undefined) throw new Error(`${scope.node.path}/${id}: must be part of a CDK app`);
  const file = resolve(outdir, `settings.${scope.node.addr}.json`);
  writeFileSync(file, JSON.stringify(settings));
  return file;
}
