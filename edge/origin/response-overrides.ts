/**
 * The parameters with which a request to S3 chooses headers of the response, by the SDK's names. `response-expires` is
 * left out.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
const OVERRIDES = {
  'response-cache-control': 'ResponseCacheControl',
  'response-content-disposition': 'ResponseContentDisposition',
  'response-content-encoding': 'ResponseContentEncoding',
  'response-content-language': 'ResponseContentLanguage',
  'response-content-type': 'ResponseContentType',
} as const;

type SdkName = (typeof OVERRIDES)[keyof typeof OVERRIDES];

/** The overrides in a query as input of the SDK's GetObject. */
export function sdkOverrides(querystring: string): Readonly<Partial<Record<SdkName, string>>> {
  const query = new URLSearchParams(querystring);
  return Object.fromEntries(
    Object.entries(OVERRIDES).flatMap(([name, sdkName]) => {
      const value = query.get(name);
      return value === null ? [] : [[sdkName, value]];
    }),
  );
}

/** The same as headers. */
export function overriddenHeaders(querystring: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...new URLSearchParams(querystring)]
      .filter(([name]) => Object.hasOwn(OVERRIDES, name))
      .map(([name, value]) => [name.replace('response-', ''), value]),
  );
}
