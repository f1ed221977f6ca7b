import type { ParameterName } from '../../../lambda/contract/parameters/parameter';
import type { SentenceWord } from '../crop-status';

/** Everything that the page says, in one language. Edge and functions speak English, and are quoted as they are. */
export interface Words {
  readonly playground: string;
  readonly language: string;
  readonly loading: string;

  readonly pictures: string;
  readonly add: string;
  readonly dropHere: string;
  readonly holding: string;
  readonly noPictures: string;
  readonly filter: string;
  readonly showAll: string;
  /** `{shown}` of `{total}`. */
  readonly counted: string;
  readonly notShown: string;
  readonly close: string;
  /** `{name}`, and so in the next ones. */
  readonly heic: string;
  readonly noPicture: string;
  readonly notTaken: string;

  readonly result: string;
  readonly original: string;
  readonly variant: string;
  readonly focalPoint: string;
  readonly focalHint: string;
  readonly mark: string;
  readonly part: string;
  readonly partHint: string;
  readonly whole: string;
  readonly compare: string;
  readonly split: string;
  readonly slider: string;
  readonly difference: string;
  readonly zoom: string;
  readonly fit: string;
  readonly pan: string;
  readonly noPreview: string;
  readonly broken: string;
  readonly unreachable: string;
  readonly placeUnknown: string;

  readonly facts: string;
  readonly bytes: string;
  readonly size: string;
  readonly format: string;
  /** Against `{format}` of the same size. */
  readonly saved: string;
  readonly savedOriginal: string;
  readonly cache: string;
  readonly time: string;
  readonly timing: string;
  readonly status: string;
  readonly hit: string;
  readonly miss: string;
  readonly byFunction: string;
  readonly again: string;
  readonly description: string;

  readonly parameters: string;
  readonly reset: string;
  readonly asIs: string;
  readonly default: string;
  readonly help: string;
  readonly point: string;

  readonly formats: string;
  readonly formatsHint: string;
  readonly noFormats: string;
  readonly still: string;
  readonly ownFormat: string;

  readonly curve: string;
  readonly curveHint: string;
  readonly draw: string;
  /** `{done}` of `{total}`. */
  readonly drawing: string;
  readonly quality: string;

  readonly useIt: string;
  readonly domain: string;
  readonly domainHint: string;
  readonly badDomain: string;
  readonly droppedHint: string;
  readonly altHint: string;
  readonly signedHint: string;
  readonly as: string;
  readonly copy: string;
  readonly copied: string;
  readonly saveType: string;
  readonly typeName: string;
  readonly badTypeName: string;
  readonly lock: string;
  readonly typeHint: string;

  /** What the edge did and why, with gaps such as `{size}`. */
  readonly sentences: Readonly<Record<SentenceWord, string>>;
  /** What a parameter is called; one without a name is called by its letters in the URL. */
  readonly names: Readonly<Partial<Record<ParameterName, string>>>;
  /** What a parameter means; without a text here, what the URL contract says. */
  readonly docs: Readonly<Partial<Record<ParameterName, string>>>;
}

/** Puts values into the gaps of a text. */
export function filled(text: string, gaps: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}
