import { REASONS, type Reason } from '../lambda/origin-response/failure/reason';

/** For the operator: what the code cannot say in a line to a viewer. */
const HELP: Readonly<Record<Reason, { readonly meaning: string; readonly remedy: string }>> = {
  'source-bytes': {
    meaning: 'the file is larger than `limits.sourceBytes` (50 MB)',
    remedy: "upload a smaller file, or raise the limit and watch the function's memory",
  },
  'source-pixels': {
    meaning:
      'what has to be decoded, all frames of an animation that stays one, has more pixels than `limits.sourcePixels` (50 million), or an animation would take longer than ten seconds to encode',
    remedy: 'the same',
  },
  undecodable: {
    meaning: 'the file starts like a picture and is none, or breaks off',
    remedy: 'look at the file; uploads that end early leave such',
  },
  'not-cropped': {
    meaning:
      "only with `originals: 'deny'`: the file is no picture of ours (SVG, PDF, HTML, text); else it is answered and cached as S3 has it",
    remedy: 'keep such files in another bucket',
  },
  'animated-png': {
    meaning:
      "the file is an animated PNG, of which a crop would be a still; it is answered as S3 has it, and this is given with `originals: 'deny'`",
    remedy: 'store the animation as WebP or GIF',
  },
  'content-encoding': {
    meaning: 'the object is stored with a `Content-Encoding` that cannot be undone within the limit of bytes',
    remedy: 'store pictures without one',
  },
  'variant-bytes': {
    meaning: "four attempts, coarser and smaller, did not come under CloudFront's 1 MB",
    remedy: 'ask for a smaller box or a denser format; a long animation is the usual case',
  },
  'origin-changed': {
    meaning: "the object was replaced between CloudFront's read and the function's",
    remedy: 'nothing: the next request gets the new picture',
  },
  'origin-failed': {
    meaning: 'S3 refused or failed, twice where that helps',
    remedy: "for AccessDenied: the function's role, or a KMS key that it may not use; else S3's own state",
  },
  'out-of-time': {
    meaning: 'the time did not hold another attempt, or S3 stalled',
    remedy: 'more memory is more processor: raise `memorySize`',
  },
  internal: {
    meaning: 'a mistake of ours, or an origin that is no S3 bucket',
    remedy: 'the log line says what; please report it',
  },
};

/** Every reason, with what the code does about it. */
export function failureTable(): string {
  const rows = (Object.keys(REASONS) as Reason[]).map((reason) => {
    const { outlook, status } = REASONS[reason];
    const { meaning, remedy } = HELP[reason];
    const cached = outlook === 'permanent' ? 'an hour' : 'not at all';
    return `| \`${reason}\` | ${meaning} | ${cached} | ${status} | ${remedy} |`;
  });
  return [
    "| reason | what it means | cached | with `onFailure: 'error'` | what to do |",
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
