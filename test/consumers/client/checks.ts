import { launch } from '../../playground/browser';
import type { Project } from './project';

const CDN = 'https://cdn.example.com';

/** What each project has to show, by its name: throws, or says in a few words what was seen. */
export const CHECKS: Readonly<Record<string, (project: Project) => string | Promise<string>>> = {
  empty,
  page,
  unpic,
  next,
  nuxt,
  astro,
  angular,
};

/** The client brings nothing along. */
function empty(project: Project): string {
  const installed = project.succeed('npm', ['ls', '--all', '--parseable']).trim().split('\n').slice(1);
  expectEqual(installed.length, 1);
  return `${installed.length} package`;
}

/** No bundler of pages builds one that signs; each builds one that does not. */
function page(project: Project): string {
  const bundlers = ['vite', 'webpack', 'esbuild', 'rollup'];
  for (const bundler of bundlers) {
    project.succeed('node', [
      'build.js',
      bundler,
      `import { imageUrl } from '@edgecrop/client'; document.title = imageUrl('', 'a.jpg');`,
    ]);
    for (const entry of ['sign', 'sign/web']) {
      const { status, output } = project.run('node', [
        'build.js',
        bundler,
        `import { signUrl } from '@edgecrop/client/${entry}'; document.title = signUrl('/a.jpg', 'key');`,
      ]);
      if (status === 0) throw new Error(`${bundler} builds a page with ./${entry}`);
      expectIn(output, 'a-signing-key-must-stay-on-the-server');
    }
  }
  return `./sign and ./sign/web do not build by ${bundlers.join(', ')}`;
}

function unpic(project: Project): string {
  project.succeed('npm', ['run', 'types']);
  const html = unescaped(project.succeed('npm', ['run', '-s', 'build']));
  expectIn(html, `src="${CDN}/photos/cat.jpg?t=thumb&w=300&h=169&format=auto"`);
  expectIn(html, `${CDN}/photos/cat.jpg?t=thumb&w=600&h=338&format=auto 600w`);
  return 'its React component, and its types';
}

function next(project: Project): string {
  project.succeed('npm', ['run', 'build']);
  const html = unescaped(project.read('.next/server/app/index.html'));
  expectIn(html, `${CDN}/photos/cat.jpg?t=A&w=640&format=auto 1x`);
  expectIn(html, `src="${CDN}/photos/cat.jpg?t=A&w=1920&format=auto"`);
  const signed = unescaped(project.read('.next/server/app/signed.html'));
  if (!/cat\.jpg\?t=A&w=640&h=480&format=auto&sig=[\w-]{43} 1x/.test(signed)) throw new Error(signed);
  project.write(
    'app/leak/page.tsx',
    `'use client';
import { signUrl } from '@edgecrop/client/sign';
export default function Leak() { return <img src={signUrl('/a.jpg', 'key')} alt="" />; }
`,
  );
  const { status, output } = project.run('npm', ['run', 'build']);
  if (status === 0) throw new Error('a client component with ./sign builds');
  expectIn(output, 'a-signing-key-must-stay-on-the-server');
  return 'next/image, getImageProps signed, an edge route with ./sign/web; a client component with ./sign does not build';
}

function nuxt(project: Project): string {
  project.succeed('npm', ['run', 'types']);
  project.succeed('npm', ['run', 'build']);
  const html = unescaped(project.read('.output/public/index.html'));
  expectIn(html, `${CDN}/photos/cat.jpg?t=A&w=300&h=200&format=auto&fit=cover&background=ffffff 1x`);
  expectIn(html, `${CDN}/wide.jpg?t=thumb&w=2560&format=auto&position=northwest`);
  expectIn(html, `${CDN}/cat.png?t=A&w=640&h=356&format=avif 640w`);
  return 'NuxtImg and NuxtPicture';
}

function astro(project: Project): string {
  project.succeed('npm', ['run', 'types']);
  project.succeed('npm', ['run', 'build']);
  const html = unescaped(project.read('dist/index.html'));
  expectIn(html, `src="${CDN}/photos/cat.jpg?t=A&w=300&h=169&format=auto&quality=80"`);
  expectIn(html, `${CDN}/wide.jpg?t=A&w=1280&h=960&format=auto&fit=cover&position=north 1280w`);
  expectIn(html, `${CDN}/cat.png?t=thumb&w=360&h=200&format=avif 4x`);
  return 'Image and Picture';
}

async function angular(project: Project): Promise<string> {
  project.succeed('npm', ['run', 'build']);
  const browser = await launch();
  try {
    const view = await browser.newPage();
    await view.route('**/*', (route) => {
      const { hostname, pathname } = new URL(route.request().url());
      if (hostname !== 'page.test') return route.abort();
      const file = `dist/browser${pathname === '/' ? '/index.html' : pathname}`;
      const contentType = file.endsWith('.js') ? 'text/javascript' : 'text/html';
      return route.fulfill({ body: project.read(file), contentType });
    });
    await view.goto('http://page.test/');
    await view.waitForSelector('img');
    const html = unescaped(await view.content());
    expectIn(html, `${CDN}/photos/cat.jpg?t=A&w=300&h=200&format=auto 1x`);
    expectIn(html, `${CDN}/wide.jpg?t=A&w=3840&format=auto&fit=cover&position=northwest 3840w`);
    return 'NgOptimizedImage, in a browser';
  } finally {
    await browser.close();
  }
}

/** Attributes as the browser reads them. */
function unescaped(html: string): string {
  return html.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&quot;', '"');
}

function expectIn(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`expected ${part}\nin ${text.slice(0, 6000)}`);
}

function expectEqual(value: number, expected: number): void {
  if (value !== expected) throw new Error(`expected ${expected}, got ${value}`);
}
