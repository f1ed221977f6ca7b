import type { CloudFrontHeaders } from 'aws-lambda';
import type { OutputFormat } from '../plan/encoding-types';
import { setHeader } from './headers';

/** Whether S3 does not know what the file is: an upload without a type gets `binary/octet-stream`. */
export function isUntyped(headers: CloudFrontHeaders): boolean {
  const type = headers['content-type']?.[0]?.value;
  return type === undefined || type === '' || /^(binary|application)\/octet-stream$/i.test(type);
}

const EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
};

/** The other spellings that say the same. */
const SAME: Readonly<Record<string, OutputFormat>> = { jpeg: 'jpeg', jpg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg' };

/** Gives the file name in the original's `Content-Disposition` the extension of the variant. */
export function renameAttachment(headers: CloudFrontHeaders, format: OutputFormat): void {
  const value = headers['content-disposition']?.[0]?.value;
  if (value === undefined) return;
  const renamed = value.replace(
    // `filename="a.png"`, `filename=a.png`, `filename*=UTF-8''a.png`; a quoted name may have escaped characters.
    /(;\s*filename\*?\s*=\s*)("(?:[^"\\]|\\.)*"|[^;\s"]+)/gi,
    (_match, start: string, name: string) => {
      const quote = name.startsWith('"') ? '"' : '';
      const bare = quote === '' ? name : name.slice(1, -1);
      return `${start}${quote}${withExtension(bare, format)}${quote}`;
    },
  );
  setHeader(headers, 'content-disposition', renamed);
}

/** A file's name with the extension of the variant. */
export function withExtension(name: string, format: OutputFormat): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  if (extension === undefined) return `${name}.${EXTENSIONS[format]}`;
  const isSame = (SAME[extension.toLowerCase()] ?? extension.toLowerCase()) === format;
  return isSame ? name : `${name.slice(0, -extension.length)}${EXTENSIONS[format]}`;
}
