import type { FunctionEvent, FunctionRequest } from '../lambda/viewer-request/event';

/** The engine's modules, as in `lambda/viewer-request/signed.ts`. */
declare const cf: { kvs(): { get(name: string): Promise<string> } };
declare const crypto: {
  createHmac(algorithm: 'sha256', key: string): { update(text: string): { digest(as: 'base64url'): string } };
};

interface Claims {
  readonly nbf?: number;
  readonly exp?: number;
}

const UNAUTHORIZED = { statusCode: 401, statusDescription: 'Unauthorized' };

/**
 * A check of a JSON Web Token, with the steps of AWS's own sample (kvs-jwt-verify): what CloudFront's engine is meant
 * for, and so the measure of what a function may cost.
 * https://github.com/aws-samples/amazon-cloudfront-functions
 */
export async function handler(event: FunctionEvent): Promise<FunctionRequest | typeof UNAUTHORIZED> {
  const request = event.request;
  const query = request.querystring;
  const key = await cf.kvs().get('current');
  if (!key || typeof query === 'string' || !query.jwt) return UNAUTHORIZED;
  try {
    checkToken(query.jwt.value, key);
  } catch (_wrong) {
    return UNAUTHORIZED;
  }
  delete query.jwt;
  return request;
}

function checkToken(token: string, key: string): void {
  const parts = token.split('.');
  if (parts.length !== 3) throw new Error('a token has three parts');
  const claims = JSON.parse(Buffer.from(parts[1] as string, 'base64url').toString()) as Claims;
  const text = [parts[0], parts[1]].join('.');
  const expected = crypto.createHmac('sha256', key).update(text).digest('base64url');
  if (!isEqual(parts[2] as string, expected)) throw new Error('the signature is wrong');
  if (claims.nbf && Date.now() < claims.nbf * 1000) throw new Error('too early');
  if (claims.exp && Date.now() > claims.exp * 1000) throw new Error('too late');
}

function isEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
