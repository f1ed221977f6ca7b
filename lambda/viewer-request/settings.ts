import type { FunctionSettings } from '../contract/settings';

/** The settings that this function uses. */
export type ViewerRequestSettings = Pick<
  FunctionSettings,
  'types' | 'quality' | 'auto' | 'snap' | 'originals' | 'v' | 'typeVersions'
>;

/** A global that synth declares in front of the built script. */
declare const $: ViewerRequestSettings;

export const settings = $;
