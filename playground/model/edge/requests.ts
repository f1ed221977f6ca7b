import type { Choice } from '../choice';
import { imageUrl } from '../snippets/recipe';
import { type Answer, ask } from './answer';

/** Asks the edge for crops. */
export type AskFor = (asked: Choice, signal: AbortSignal) => Promise<Answer>;

/** @param sign gives a URL that the edge accepts */
export function createAskFor(sign: (url: string) => Promise<string>): AskFor {
  return async (asked, signal) => ask(await sign(imageUrl('', asked)), signal);
}

/** Asks for each URL once: in one update the variant is one of the formats, too. */
export function onceEach(askFor: AskFor, signal: AbortSignal): (asked: Choice) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (asked) => {
    const url = imageUrl('', asked);
    const answer = answers.get(url) ?? askFor(asked, signal);
    answers.set(url, answer);
    return answer;
  };
}
