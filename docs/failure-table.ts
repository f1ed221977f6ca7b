import { REASONS, type Reason } from '../lambda/origin-response/failure/reason';

/** For the operator: what the code cannot say in a line to a viewer. */
const HELP: Readonly<Record<Reason, { readonly meaning: string; readonly remedy: string }>> = {
  'source-bytes': {
    meaning: 'The file is larger than `limits.sourceBytes` (50 MB).',
    remedy: "Upload a smaller file, or raise the limit and watch the function's memory.",
  },
  'source-pixels': {
    meaning:
      'The image has more pixels than `limits.sourcePixels` (50 million; an animation counts all its frames), or its animation would take more than ten seconds to encode.',
    remedy: 'Upload a smaller image, or raise the limit.',
  },
  undecodable: {
    meaning: 'The file starts like an image, but is broken or cut off.',
    remedy: 'Look at the file. An upload that was interrupted leaves one like this.',
  },
  'not-cropped': {
    meaning:
      "The file is not an image that we crop: SVG, PDF, HTML, text. You see this reason only with `originals: 'deny'`; without it the file is sent and cached as S3 has it.",
    remedy: 'Keep such files in another bucket.',
  },
  'animated-png': {
    meaning:
      "The file is an animated PNG; a crop would stop it. You see this reason only with `originals: 'deny'`; without it the file is sent and cached as S3 has it.",
    remedy: 'Store the animation as WebP or GIF.',
  },
  'content-encoding': {
    meaning: 'The object has a `Content-Encoding` that cannot be undone within `limits.sourceBytes`.',
    remedy: 'Store images without a content encoding.',
  },
  'variant-bytes': {
    meaning: "After four attempts, coarser and smaller, the result still exceeds CloudFront's 1 MB.",
    remedy: 'Ask for a smaller box or a denser format. Most often it is a long animation.',
  },
  'origin-changed': {
    meaning: "The object was replaced between CloudFront's read and the function's.",
    remedy: 'Nothing: the next request gets the new image.',
  },
  'origin-failed': {
    meaning: 'S3 refused the read or failed; where a second try could help, it failed twice.',
    remedy: "For AccessDenied, check the function's role and the KMS key. Else check the state of S3.",
  },
  'out-of-time': {
    meaning: 'There was no time for another attempt, or S3 stalled.',
    remedy: 'Raise `memorySize`: more memory comes with more processor.',
  },
  internal: {
    meaning: 'A bug in edgecrop, or an origin that is not an S3 bucket.',
    remedy: 'Read the log line, and please report it.',
  },
};

/** Every reason, with what the code does about it. */
export function failureTable(): string {
  const rows = (Object.keys(REASONS) as Reason[]).map((reason) => {
    const { outlook, status } = REASONS[reason];
    const { meaning, remedy } = HELP[reason];
    const cached = outlook === 'permanent' ? 'an hour' : 'no';
    return `| \`${reason}\` | ${meaning} | ${cached} | ${status} | ${remedy} |`;
  });
  return [
    "| reason | what it means | cached | with `onFailure: 'error'` | what to do |",
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
