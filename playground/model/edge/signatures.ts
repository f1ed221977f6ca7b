import { isRecord } from '../record';

/** Signatures from the edge, which holds this run's key. */
export interface Signatures {
  /** The signed URL where it is known; else the URL itself, which {@link fetch} then asks for. */
  known(url: string): string;
  /** Asks for what is not known yet; whether there was anything. */
  fetch(): Promise<boolean>;
  /** The signed URL. */
  sign(url: string): Promise<string>;
}

/** Less than the edge's signatures are good for, in milliseconds. */
const REUSE = 600_000;

/** @param isNeeded whether the deployment wants signatures; else every URL is good as it is */
export function createSignatures(isNeeded: boolean): Signatures {
  const signed = new Map<string, { readonly url: string; readonly until: number }>();
  const wanted = new Set<string>();
  const known = (url: string) => {
    if (!isNeeded || (!url.startsWith('/') && !url.startsWith(`${location.origin}/`))) return url;
    const found = signed.get(url);
    if (found && found.until > Date.now()) return found.url;
    wanted.add(url);
    return url;
  };
  const request = async () => {
    const urls = [...wanted];
    wanted.clear();
    if (urls.length === 0) return false;
    const query = new URLSearchParams(urls.map((url) => ['url', url]));
    const said: unknown = await (await fetch(`/_edgecrop/sign?${query}`)).json();
    const answers = isRecord(said) && Array.isArray(said.urls) ? said.urls.map(String) : [];
    for (const [at, url] of urls.entries()) {
      signed.set(url, { url: answers[at] ?? url, until: Date.now() + REUSE });
    }
    return true;
  };
  return {
    known,
    fetch: request,
    sign: async (url) => {
      known(url);
      await request();
      return known(url);
    },
  };
}
