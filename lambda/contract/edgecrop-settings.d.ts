// The checked configuration. At synth, esbuild resolves this name to a JSON file and bundles it.
declare module 'edgecrop-settings' {
  const settings: import('./settings').FunctionSettings;
  export default settings;
}
