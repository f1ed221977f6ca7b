import { nextLoader } from '@edgecrop/client/next';
import { signUrl } from '@edgecrop/client/sign';
import { getImageProps, type ImageLoader } from 'next/image';

const key = 'Y3VycmVudC1jdXJyZW50LWN1cnJlbnQtY3VycmVudA';
const loader: ImageLoader = nextLoader(
  'https://cdn.example.com',
  { w: 4, h: 3, format: 'auto' },
  { sign: (url) => signUrl(url, key) },
);

export default function Signed() {
  const { props } = getImageProps({ src: 'cat.jpg', width: 640, height: 480, alt: 'A cat', loader });
  // biome-ignore lint/a11y/useAltText: getImageProps gives it.
  // biome-ignore lint/performance/noImgElement: a component takes no loader from the server.
  return <img {...props} />;
}
