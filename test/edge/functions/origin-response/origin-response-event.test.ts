import { createOriginResponseEvent } from '../../../../edge/functions/origin-response/origin-response-event';

test('makes the event of an S3 origin with Origin Access Control, without a body', () => {
  const event = createOriginResponseEvent({
    requestId: 'request-1',
    clientIp: '203.0.113.7',
    method: 'GET',
    uri: '/%ED%95%9C.jpg',
    querystring: 't=A&w=320',
    headersForOrigin: { 'if-none-match': '"1"' },
    origin: { bucketName: 'images', originPath: '/originals', region: 'us-east-1' },
    response: {
      status: 200,
      statusDescription: 'OK',
      headers: { etag: '"1"', 'content-type': 'image/jpeg', 'x-amz-meta-author': 'me' },
    },
  });
  expect(event).toEqual({
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: 'edgecrop.cloudfront.net',
            distributionId: 'EDGECROPLOCAL',
            eventType: 'origin-response',
            requestId: 'request-1',
          },
          request: {
            clientIp: '203.0.113.7',
            headers: {
              'x-forwarded-for': [{ key: 'x-forwarded-for', value: '203.0.113.7' }],
              'user-agent': [{ key: 'User-Agent', value: 'Amazon CloudFront' }],
              via: [{ key: 'Via', value: '1.1 edgecrop.cloudfront.net (CloudFront)' }],
              host: [{ key: 'Host', value: 'images.s3.us-east-1.amazonaws.com' }],
              'if-none-match': [{ key: 'If-None-Match', value: '"1"' }],
            },
            method: 'GET',
            origin: {
              s3: {
                authMethod: 'none',
                customHeaders: {},
                domainName: 'images.s3.us-east-1.amazonaws.com',
                path: '/originals',
                region: 'us-east-1',
              },
            },
            querystring: 't=A&w=320',
            uri: '/%ED%95%9C.jpg',
          },
          response: {
            headers: {
              etag: [{ key: 'ETag', value: '"1"' }],
              'content-type': [{ key: 'Content-Type', value: 'image/jpeg' }],
              'x-amz-meta-author': [{ key: 'x-amz-meta-author', value: 'me' }],
            },
            status: '200',
            statusDescription: 'OK',
          },
        },
      },
    ],
  });
});
