import { type Answer, show } from '../model/edge/answer';
import { bytes } from '../model/figures';
import type { DescriptionUrls } from '../model/snippets/description-urls';
import { find, setText } from './elements/dom';

/** What `format=json` says of the crop, and its placeholder: asked for while they are open. */
export interface Description {
  /** Asks for those of another crop. */
  update(): void;
  describe(language: string): void;
}

export interface DescriptionOptions {
  /** Undefined where nothing is cropped. */
  readonly urls: () => DescriptionUrls | undefined;
  readonly ask: (url: string, signal: AbortSignal) => Promise<Answer>;
}

export function createDescription({ urls, ask }: DescriptionOptions): Description {
  const details = find('description', HTMLDetailsElement);
  const json = find('json', HTMLPreElement);
  const image = find('placeholder', HTMLImageElement);
  const facts = find('placeholder-facts', HTMLElement);
  let asking = new AbortController();
  let said = '';
  let placeholder: Answer | undefined;
  let language = 'en';

  const describe = () => {
    json.textContent = said;
    image.hidden = !placeholder;
    setText(
      facts,
      placeholder
        ? `${image.naturalWidth} × ${image.naturalHeight} · ${bytes(placeholder.body.size, language)}`
        : '',
    );
  };
  const update = async () => {
    asking.abort();
    const asked = urls();
    if (!details.open) return;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = asked && (await ask(asked.json, signal));
      const small = asked?.placeholder ? await ask(asked.placeholder, signal) : undefined;
      const text = await answer?.body.text();
      signal.throwIfAborted();
      said = text === undefined ? '' : indented(text);
      const size = small?.status === 200 ? await show(image, small.body) : undefined;
      placeholder = size && small;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
      said = '';
      placeholder = undefined;
    }
    describe();
  };
  details.addEventListener('toggle', () => void update());
  return {
    update: () => void update(),
    describe: (next) => {
      language = next;
      describe();
    },
  };
}

/** JSON in lines; what is not JSON as it came. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text.trim();
  }
}
