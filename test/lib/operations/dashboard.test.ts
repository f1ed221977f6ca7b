import type { Template } from 'aws-cdk-lib/assertions';
import { EDGE_REGIONS } from '../../../lib/configuration/edge-regions';
import { templateOf } from '../templates';
import { FULLEST, FULLEST_UNSHIELDED } from './operated';

const FULL = templateOf(FULLEST);
const UNSHIELDED = templateOf(FULLEST_UNSHIELDED);

describe('the dashboard', () => {
  const body = (template: Template) => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    return JSON.stringify(dashboard?.Properties.DashboardBody);
  };

  test('shows every region that the function can run in', () => {
    for (const region of EDGE_REGIONS) expect(body(UNSHIELDED)).toContain(region);
    expect(body(FULL)).not.toContain('eu-west-1');
    expect(body(FULL)).toContain('us-east-1');
  });
});
