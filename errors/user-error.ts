/** Something the person at the keyboard can put right. Its message is one line: what is wrong, what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
