const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');

const LOADED_ONCE = /^(?:aws-cdk-lib|constructs|playwright-core)(?:\/|$)/;

/**
 * Jest's module loader, but for packages that take seconds to load and hold no state that a test could leave behind:
 * Node loads them once for each of Jest's processes, not once for each test file.
 */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return LOADED_ONCE.test(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
