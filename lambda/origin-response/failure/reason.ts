/** Whether the same request would fail again. A `permanent` failure may be cached, a `transient` one may not. */
export type Outlook = 'permanent' | 'transient';

interface ReasonRow {
  readonly outlook: Outlook;
  /** The response where the settings want an error in place of the original. */
  readonly status: '415' | '502' | '504';
  /** Shown to viewers. */
  readonly text: string;
}

/** Every reason for which there is no variant, as docs/failure.md explains them. */
export const REASONS = {
  'source-bytes': {
    outlook: 'permanent',
    status: '415',
    text: 'the original has too many bytes',
  },
  'source-pixels': {
    outlook: 'permanent',
    status: '415',
    text: 'the original has too many pixels',
  },
  undecodable: {
    outlook: 'permanent',
    status: '415',
    text: 'the original could not be decoded',
  },
  'not-cropped': {
    outlook: 'permanent',
    status: '415',
    text: 'the original is not an image that can be cropped',
  },
  'animated-png': {
    outlook: 'permanent',
    status: '415',
    text: 'the original is an animated PNG, which a crop would stop',
  },
  'content-encoding': {
    outlook: 'permanent',
    status: '415',
    text: 'the content encoding of the original could not be undone',
  },
  'variant-bytes': {
    outlook: 'permanent',
    status: '415',
    text: 'no variant is small enough to send',
  },
  'origin-changed': {
    outlook: 'transient',
    status: '502',
    text: 'the original was replaced during the request',
  },
  'origin-failed': {
    outlook: 'transient',
    status: '502',
    text: 'the original could not be read',
  },
  'out-of-time': {
    outlook: 'transient',
    status: '504',
    text: 'the variant was not ready in time',
  },
  internal: {
    outlook: 'transient',
    status: '502',
    text: 'the variant could not be made',
  },
} as const satisfies Record<string, ReasonRow>;

export type Reason = keyof typeof REASONS;
