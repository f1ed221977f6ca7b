import type { TestObject } from '../objects/objects';
import { differs, type Problem } from './check';
import type { Answer } from './client';

/** Everything that is wrong with an answer that should be an object as it is stored. */
export function notOriginal(answer: Answer, { bytes, contentType }: TestObject): readonly Problem[] {
  return [
    differs('status', answer.status, 200),
    !answer.body.equals(bytes) && `the body is not the original (${answer.body.length} bytes)`,
    differs('content-type', answer.headers['content-type'], contentType),
  ];
}

/** Two answers that should have one body. */
export function notSameBytes(what: string, a: Answer, b: Answer): Problem {
  return !a.body.equals(b.body) && `${what}: ${a.body.length} bytes and ${b.body.length} other ones`;
}

/** Whether it is the configured picture for objects that do not exist. */
export function isStandIn({ headers }: Answer): boolean {
  return headers['crop-status']?.startsWith('missing;') ?? false;
}
