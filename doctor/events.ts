/** What a viewer-request function is tried with, from the cheapest to the dearest that it lets through. */
export const EVENTS: Readonly<Record<string, object>> = {
  plain: viewerRequest('/photos/cat.jpg', 't=A&w=300&h=200'),
  'all-parameters': viewerRequest(
    '/photos/cat.jpg',
    't=A&w=300&h=200&format=auto&quality=70&fit=inside&position=0.3,0.7&dpr=2',
  ),
  longest: viewerRequest(`/${"'".repeat(3_000)}`, `t=A&${'a=1&'.repeat(500)}w=300`),
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
function viewerRequest(uri: string, query: string): object {
  const querystring: Record<string, { value: string; multiValue?: { value: string }[] }> = {};
  for (const part of query.split('&')) {
    const [name = '', value = ''] = part.split('=');
    const known = querystring[name];
    if (known === undefined) querystring[name] = { value };
    else known.multiValue = [...(known.multiValue ?? [{ value: known.value }]), { value }];
  }
  return {
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip: '198.51.100.11' },
    request: {
      method: 'GET',
      uri,
      querystring,
      headers: {
        host: { value: 'd111111abcdef8.cloudfront.net' },
        accept: { value: 'image/avif,image/webp,*/*' },
      },
      cookies: {},
    },
  };
}
