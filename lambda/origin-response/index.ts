import settings from 'edgecrop-settings';
export const handler = async (event: { Records: [{ cf: { response: unknown } }] }) => {
  if (settings) {
    const s = await import('sharp');
    const { S3Client } = await import('@aws-sdk/client-s3');
    console.log(!!s, !!S3Client);
  }
  return event.Records[0].cf.response;
};
