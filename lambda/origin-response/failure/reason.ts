/** Whether asking again could end otherwise. `lasting` may be cached, `passing` not at all. */
export type Outlook = 'lasting' | 'passing';

interface ReasonRow {
  readonly outlook: Outlook;
  /** Answered in place of the original where the settings say so. */
  readonly status: '415' | '502' | '504';
  /** What a viewer may read. */
  readonly text: string;
}

/** Why the original is answered in place of a variant: the one list, explained in docs/failure.md. */
export const REASONS = {
  'source-bytes': {
    outlook: 'lasting',
    status: '415',
    text: 'the original has too many bytes',
  },
  'source-pixels': {
    outlook: 'lasting',
    status: '415',
    text: 'the original has too many pixels',
  },
  undecodable: {
    outlook: 'lasting',
    status: '415',
    text: 'the original does not decode',
  },
  'not-cropped': {
    outlook: 'lasting',
    status: '415',
    text: 'the original is no picture that can be cropped',
  },
  'variant-bytes': {
    outlook: 'lasting',
    status: '415',
    text: 'no variant is small enough to be sent',
  },
  'origin-changed': {
    outlook: 'passing',
    status: '502',
    text: 'the original was replaced meanwhile',
  },
  'origin-failed': {
    outlook: 'passing',
    status: '502',
    text: 'the original could not be read',
  },
  'out-of-time': {
    outlook: 'passing',
    status: '504',
    text: 'the variant was not ready in time',
  },
  internal: {
    outlook: 'passing',
    status: '502',
    text: 'the variant could not be made',
  },
} as const satisfies Record<string, ReasonRow>;

export type Reason = keyof typeof REASONS;
