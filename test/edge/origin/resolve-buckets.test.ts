import { behavior, behaviors } from '../assembly/behaviors-fixture';
import { deploy, type SelfHostedEdgeFixture, serveSelfHosted } from '../self-hosted-edge-fixture';

describe('several buckets', () => {
  const fixture = behaviors({}, behavior('/avatars/*', 'avatars'));
  const files = { 'cat.jpg': 'cat', 'avatars/a.jpg': 'of photos' };
  const bodyOf = async (edge: SelfHostedEdgeFixture, path: string) => (await edge.ask(path)).body.toString();

  test('one that the assembly names is asked where it is, one that the stack would create as it is told', async () => {
    const edge = await serveSelfHosted(await deploy(fixture, files));
    expect(await bodyOf(edge, '/avatars/a.jpg')).toBe('of avatars');
    expect(await bodyOf(edge, '/avatars/a.jpg?t=A')).toBe('avatars.prod.s3.eu-central-1.amazonaws.com t=A');
    expect(await bodyOf(edge, '/cat.jpg?t=A')).toBe('photos.s3.eu-west-1.amazonaws.com t=A');
  });

  test('another one takes its place where its pattern says so', async () => {
    const edge = await serveSelfHosted(await deploy(fixture, files), {
      bucketsByPattern: new Map([['/avatars/*', 'photos']]),
    });
    expect(await bodyOf(edge, '/avatars/a.jpg')).toBe('of photos');
  });

  test.each([
    [{ bucket: undefined }, 'the bucket of the paths * is not known; name it: --bucket NAME'],
    [
      { bucketsByPattern: new Map([['/a/*', 'a']]) },
      '--bucket: got /a/*=a, allowed: the patterns /avatars/*',
    ],
  ])('fails in one line with %j', async (options, message) => {
    const deployment = await deploy(fixture, files);
    await expect(serveSelfHosted(deployment, options)).rejects.toThrow(message);
  });
});
