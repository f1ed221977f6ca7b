// The checked configuration, baked into the bundle at synth: esbuild's alias points this name at a JSON file.
declare module 'edgecrop-settings' {
  const settings: import('./settings').Settings;
  export default settings;
}
