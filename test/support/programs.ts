/**
 * A program that a test needs and a machine may lack: without it the test is skipped with a line that
 * names it, and in CI it fails.
 *
 * @param path of the program, or undefined where it is missing
 */
export function testWith(name: string, path: string | undefined): jest.It {
  if (path !== undefined || process.env.CI === 'true') return test;
  console.warn(`skipped: ${name} is not on this machine`);
  return test.skip as jest.It;
}
