/** What CloudFront hands to the function after S3 has answered; it works on it in place, so each is new. */
export function originResponseEvent({ format, width, height }) {
  return {
    Records: [
      {
        cf: {
          request: {
            method: 'GET',
            uri: '/a.jpg',
            querystring: `t=A&w=${width}&h=${height}&format=${format}&quality=80`,
            headers: {},
            origin: { s3: { domainName: 'b.s3.us-east-1.amazonaws.com', path: '', region: 'us-east-1' } },
          },
          response: { status: '200', statusDescription: 'OK', headers: { etag: [{ value: '"x"' }] } },
        },
      },
    ],
  };
}

/** What S3 and CloudFront have settled before the function is asked is no work of ours. */
export const context = { getRemainingTimeInMillis: () => 30_000 };

/** Takes the function's log off standard output; holds the last entry. */
export function captureLog() {
  const captured = { entry: undefined };
  process.stdout.write = (line) => {
    captured.entry = JSON.parse(line);
    return true;
  };
  return captured;
}
