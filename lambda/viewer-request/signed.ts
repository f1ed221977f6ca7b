import { forbid } from './answer';
import type { FunctionEvent, FunctionRequest, FunctionResponse } from './event';
import { viewerRequest } from './handler';
import { readRequest } from './read-request';
import { settings } from './settings';
import { type SignatureFault, signatureFault } from './signature';

/**
 * The engine's two modules. The build adds their imports to the bundle, because CloudFront wants a script with imports
 * and without exports, which no bundler writes.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-custom-methods.html
 */
declare const cf: { kvs(): { get(name: string): Promise<string> } };
declare const crypto: {
  createHmac(algorithm: 'sha256', key: string): { update(text: string): { digest(as: 'base64url'): string } };
};

const FAULTS: Readonly<Record<SignatureFault, string>> = {
  unsigned: 'this URL needs a signature',
  wrong: 'the signature is not for this URL',
  expired: 'the signature has expired',
};

/** Lets only signed URLs through. Any failure is a refusal. */
export async function handler(event: FunctionEvent): Promise<FunctionRequest | FunctionResponse> {
  try {
    const store = cf.kvs();
    const asked = readRequest(event.request);
    if ('statusCode' in asked) return asked;
    const fault = await signatureFault(asked, {
      readKey: (name) => store.get(name),
      hmac: (key, text) => crypto.createHmac('sha256', key).update(text).digest('base64url'),
      now: Date.now(),
    });
    return fault === undefined
      ? viewerRequest(event.request, asked, settings)
      : forbid(`${fault}: ${FAULTS[fault]}`);
  } catch (_unforeseen) {
    return forbid('unchecked: the signature could not be checked');
  }
}
