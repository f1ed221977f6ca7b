/** HTTP headers by lower-case name. Several fields of one name are joined with a comma. */
export type Headers = Readonly<Record<string, string>>;

/** Copies the headers without the named ones. */
export function withoutHeaders(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Copies the named headers that are present. */
export function pickHeaders(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

/** Converts Node's headers, which may hold a list per name. */
export function fromNodeHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const converted: Record<string, string> = {};
  // The header `__proto__` is no header of ours.
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) converted[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return converted;
}

/**
 * Derives headers once for each object of headers. A response in the cache is sent many times, with the same object.
 *
 * @param derive depends on nothing but its argument
 */
export function oncePerHeaders<T>(derive: (headers: Headers) => T): (headers: Headers) => T {
  const derived = new WeakMap<Headers, T>();
  return (headers) => {
    const known = derived.get(headers);
    if (known !== undefined) return known;
    const value = derive(headers);
    derived.set(headers, value);
    return value;
  };
}
