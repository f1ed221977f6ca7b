import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vectors } from '../../conformance/vectors/vectors';

const FOLDER = join(__dirname, '../../conformance/vectors');

function committed(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

test('the vectors are what the code makes; npm run vectors writes them anew', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  expect(Object.fromEntries(files.map((file) => [file, committed(file)]))).toEqual(vectors());
});

test('each signature is the HMAC of its string, and stands in its URL', () => {
  const { keys, signatures } = committed('signatures.json') as {
    keys: Record<string, string>;
    signatures: readonly Record<'key' | 'stringToSign' | 'signature' | 'signed', string>[];
  };
  expect(signatures.length).toBeGreaterThan(10);
  for (const { key, stringToSign, signature, signed } of signatures) {
    const hmac = createHmac('sha256', keys[key] ?? '').update(stringToSign);
    expect(signature).toBe(hmac.digest('base64url'));
    expect(signed.endsWith(`sig=${signature}`)).toBe(true);
  }
});

// Made with another implementation of HMAC, as in test/support/signature-vectors.ts.
test.each([
  ['/cat.jpg?', 'vVsbjppThIxQrmYQxhpUwhVhYgqiBo_zOOhY_MmncjQ'],
  ['/cat.jpg?t=A&position=0.3,0.7&dpr=1.5', 'FgFVa3WSO-whSbFm9T_StQjS-jCdSChiOu_HHponLns'],
  ['/a%20b.jpg?t=A', 'gLGn8V470iLKvAvlVM2H4EkZOghQuzRWLaDbdmCtrfs'],
])('the signature of %s is known', (stringToSign, signature) => {
  const { signatures } = committed('signatures.json') as { signatures: readonly Record<string, string>[] };
  expect(signatures).toContainEqual(
    expect.objectContaining({ key: 'current', expires: null, stringToSign, signature }),
  );
});
