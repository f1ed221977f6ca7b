/** A function that runs a statement for `/bad.jpg` and leaves everything else alone. */
export const misbehaving = (statement: string) => `
  if (request.uri === '/bad.jpg') { ${statement} }
  return response;`;

export const files = { 'bad.jpg': 'bad', 'good.jpg': 'good' };
