interface Notification {
  readonly Event?: unknown;
  readonly Records?: unknown;
}

/**
 * The keys that a notification of S3 names, decoded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 *
 * @param body of the message
 * @returns none for the test that S3 sends when it is set up; undefined where it is no notification
 */
export function changedKeys(body: string): readonly string[] | undefined {
  try {
    const { Event, Records } = JSON.parse(body) as Notification;
    if (Event === 's3:TestEvent') return [];
    if (!Array.isArray(Records)) return undefined;
    return Records.map((record: { s3: { object: { key: string } } }) =>
      // As in a form: a space is a plus, a plus is %2B.
      decodeURIComponent(record.s3.object.key.replace(/\+/g, ' ')),
    );
  } catch {
    return undefined;
  }
}
