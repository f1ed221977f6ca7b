import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS: readonly string[] = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is, or undefined where there is none; `EDGECROP_CHROMIUM` names another. */
export const CHROMIUM: string | undefined =
  process.env.EDGECROP_CHROMIUM ?? PATHS.find((path) => existsSync(path));

/** Starts it without a window. */
export function launch(executablePath = CHROMIUM): Promise<Browser> {
  if (executablePath === undefined) throw new Error('there is no Chromium: apt-get install chromium');
  // It refuses to sandbox what root starts.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}
