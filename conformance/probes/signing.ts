import { type Finding, type Probe, told, unknown } from '../harness/check';

/** Whether the key value store and the HMAC work where no machine of ours can try them. */
export const SIGNING: Probe = {
  name: 'probe.signing',
  about: 'does the viewer-request function read its keys and check signatures?',
  run: async ({ ask, askUnsigned, crop, fresh }): Promise<Finding> => {
    if (askUnsigned === undefined) return unknown('needs --signing-keys and a deployment with signing');
    const path = crop('compass', `w=60&h=40&${fresh()}`);
    const signed = await ask(path);
    const unsigned = await askUnsigned(path);
    const wrong = await askUnsigned(`${path}&sig=${'A'.repeat(43)}`);
    const line = (answer: { readonly body: Buffer }) => answer.body.toString().split('\n')[0]?.slice(0, 60);
    return told(
      `signed: ${signed.status}${signed.status === 403 ? ` (${line(signed)})` : ''}; ` +
        `unsigned: ${unsigned.status} (${line(unsigned)}); wrong: ${wrong.status} (${line(wrong)})`,
    );
  },
};

/**
 * AWS lists async closures as not supported; the function is one where URLs are signed.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export const SIGNED_ASYNC: Probe = {
  name: 'probe.signed-async',
  about: 'does the engine run the async functions of the signed viewer-request function?',
  run: async ({ ask, askUnsigned, crop, fresh }): Promise<Finding> => {
    if (askUnsigned === undefined) return unknown('needs --signing-keys and a deployment with signing');
    const { status, body } = await ask(crop('compass', `w=60&h=40&${fresh()}`));
    const text = body.toString('latin1', 0, 60);
    if (status === 403 && text.startsWith('unchecked:')) {
      return told(
        'no, or it cannot read its key: every signed URL is 403 unchecked. Remedy: async functions at the top level of the bundle (lib/cropping/viewer-request-function.ts)',
      );
    }
    if (status === 503) return told('no: 503, the function does not run at all');
    return told(`yes: a signed URL is answered ${status}`);
  },
};
