import { writeFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** Each bundler as a page uses it. */
const BUNDLERS = {
  vite: () => vite({ logLevel: 'silent', build: { minify: false } }),
  webpack: () =>
    new Promise((resolve, reject) =>
      webpack({ entry: './main.js', mode: 'production', target: 'web' }, (error, stats) => {
        if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString()));
        else resolve();
      }),
    ),
  esbuild: () => esbuild.build({ entryPoints: ['main.js'], bundle: true, write: false, logLevel: 'silent' }),
  rollup: async () => {
    const bundle = await rollup({ input: 'main.js', plugins: [nodeResolve({ browser: true })] });
    await bundle.generate({});
  },
};

const [, , name, code] = process.argv;
writeFileSync('main.js', code);
await BUNDLERS[name]();
