import { EDGE_REGIONS, nearestShieldRegion } from '../../../lib/configuration/edge-regions';

test.each([
  ['us-east-1', 'us-east-1'],
  ['eu-central-1', 'eu-central-1'],
  ['me-central-1', 'me-central-1'],
  ['us-west-1', 'us-west-2'],
  ['af-south-1', 'eu-west-1'],
  ['ap-east-1', 'ap-southeast-1'],
  ['ca-central-1', 'us-east-1'],
  ['eu-south-1', 'eu-central-1'],
  ['eu-west-3', 'eu-west-2'],
  ['eu-north-1', 'eu-west-2'],
  ['me-south-1', 'ap-south-1'],
])('Origin Shield for a bucket in %s is in %s', (bucket, shield) => {
  expect(nearestShieldRegion(bucket)).toBe(shield);
});

test('AWS recommends none for some regions', () => {
  expect(nearestShieldRegion('mx-central-1')).toBeUndefined();
});

test('without Origin Shield the function runs in thirteen regions that every account has', () => {
  expect(EDGE_REGIONS).toHaveLength(13);
  expect(EDGE_REGIONS).toContain('us-west-1');
  expect(EDGE_REGIONS).not.toContain('me-central-1');
});
