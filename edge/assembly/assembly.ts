import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { UserError } from '../../errors/user-error';
import type { Behavior, EdgeAssembly } from './behavior';
import { assetManifestSchema, manifestSchema } from './manifest';
import { readDistribution } from './read-distribution';
import { resourceIds, type TemplateResources, templateSchema } from './template';
import { validate } from './validate';

/** Returns the behaviours that the edge can serve; there is always at least one. */
export function servedBehaviors({ behaviors }: EdgeAssembly): readonly Behavior[] {
  return behaviors.filter((behavior) => 'origin' in behavior);
}

/**
 * Reads the distribution of a synthesised cloud assembly.
 *
 * @param folder the output of `cdk synth`, usually `cdk.out`
 * @throws UserError if the folder is not an assembly, or does not hold exactly one distribution that the edge supports
 */
export function readAssembly(folder: string): EdgeAssembly {
  const root = resolve(folder);
  if (!existsSync(join(root, 'manifest.json'))) {
    throw new UserError(`${folder} is not a cloud assembly (it has no manifest.json); run: npx cdk synth`);
  }
  const { artifacts } = readJson(root, 'manifest.json', manifestSchema);
  const { resources, id, environment } = findDistribution(folder, root, artifacts);
  const assets = readAssets(root, artifacts);
  return readDistribution({
    resources,
    id,
    region: environment?.split('/').pop() ?? 'us-east-1',
    assetFolder: (hash) => {
      const path = assets.get(hash);
      if (path === undefined) throw new UserError(`${folder} has no asset ${hash}; run: npx cdk synth`);
      return join(root, path);
    },
  });
}

type Artifacts = z.output<typeof manifestSchema>['artifacts'];

interface FoundDistribution {
  readonly resources: TemplateResources;
  readonly id: string;
  /** `aws://account/region`. */
  readonly environment: string | undefined;
}

function findDistribution(folder: string, root: string, artifacts: Artifacts): FoundDistribution {
  const found = Object.values(artifacts).flatMap(({ environment, properties }): FoundDistribution[] => {
    if (!properties?.templateFile) return [];
    const { Resources: resources } = readJson(root, properties.templateFile, templateSchema);
    return resourceIds(resources, 'AWS::CloudFront::Distribution').map((id) => ({
      resources,
      id,
      environment,
    }));
  });
  const [first] = found;
  if (first && found.length === 1) return first;
  throw new UserError(
    `${folder} holds ${found.length} distributions, the edge serves one; run: npx cdk synth`,
  );
}

/** Returns the path of every asset, by hash. */
function readAssets(root: string, artifacts: Artifacts): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const { type, properties } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || !properties?.file) continue;
    const { files } = readJson(root, properties.file, assetManifestSchema);
    for (const [hash, { source }] of Object.entries(files)) if (source.path) assets.set(hash, source.path);
  }
  return assets;
}

function readJson<S extends z.ZodType>(root: string, file: string, schema: S): z.output<S> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch (error) {
    throw new UserError(`${join(root, file)} can't be read as JSON; run: npx cdk synth`, { cause: error });
  }
  return validate(schema, json, file);
}
