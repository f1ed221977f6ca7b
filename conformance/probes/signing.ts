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
