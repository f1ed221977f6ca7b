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
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
