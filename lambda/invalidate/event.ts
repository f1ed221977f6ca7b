interface Notification {
  readonly Event?: unknown;
  readonly Records?: unknown;
}

/**
 * The decoded keys of an S3 notification.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 *
 * @param body of the message
 * @returns an empty list for the test event that S3 sends at setup, undefined for a body that is not a notification
 */
export function changedKeys(body: string): readonly string[] | undefined {
  try {
    const { Event, Records } = JSON.parse(body) as Notification;
    if (Event === 's3:TestEvent') return [];
    if (!Array.isArray(Records)) return undefined;
    return Records.map((record: { s3: { object: { key: string } } }) =>
      // Encoded as a form is: a plus is a space.
      decodeURIComponent(record.s3.object.key.replace(/\+/g, ' ')),
    );
  } catch {
    return undefined;
  }
}
