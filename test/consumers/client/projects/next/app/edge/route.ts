import { imageUrl } from '@edgecrop/client';
import { signUrl } from '@edgecrop/client/sign/web';

export const runtime = 'edge';

export async function GET(): Promise<Response> {
  const url = imageUrl('https://cdn.example.com', 'cat.jpg', { w: 320 });
  return new Response(await signUrl(url, 'Y3VycmVudC1jdXJyZW50LWN1cnJlbnQtY3VycmVudA'));
}
