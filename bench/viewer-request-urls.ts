const repeat = (text: string, times: number) => text.repeat(times);

const SOME = 't=A&w=300&h=200';

/** What a viewer asks for, from what is usual to the heaviest that is let through. */
export const URLS: Readonly<Record<string, string>> = {
  'a plain crop': `/photos/cat.jpg?${SOME}`,
  'an original': '/photos/cat.jpg',
  'all parameters': `/photos/cat.jpg?${SOME}&format=auto&quality=70&fit=contain&position=0.3,0.7&dpr=2`,
  '340 Korean syllables': `/${encodeURIComponent(repeat('한', 340))}?${SOME}`,
  'a path of 1,024 letters': `/${repeat('a', 1024)}?${SOME}`,
  'a path of 512 a/': `/${repeat('a/', 512)}?${SOME}`,
  'a path of 1,024 +': `/${repeat('+', 1024)}?${SOME}`,
  "a path of 1,024 '": `/${repeat("'", 1024)}?${SOME}`,
  "a path of 512 '/": `/${repeat("'/", 512)}?${SOME}`,
  "a path of !'()*": `/${repeat("!'()*", 204)}?${SOME}`,
  'a path of 1,024 %25': `/${repeat('%25', 1024)}?${SOME}`,
  '650 unknown names': `/a.jpg?t=A&${Array.from({ length: 650 }, (_, i) => i.toString(36).padStart(2, '0')).join('&')}`,
  '500 times w=1': `/a.jpg?t=A${repeat('&w=1', 500)}`,
  '500 times t=Z': `/a.jpg?t=A${repeat('&t=Z', 500)}`,
  'a width of 2,000 digits': `/a.jpg?t=A&w=${repeat('0', 2000)}`,
  'a format of 660 escapes': `/a.jpg?t=A&format=${repeat('%22', 660)}`,
};

/** What is refused for its length, which must cost little too. */
export const TOO_LONG: Readonly<Record<string, string>> = {
  "a path of 7,900 '": `/${repeat("'", 7900)}?${SOME}`,
  'a path of 3,072 +': `/${repeat('+', 3072)}?${SOME}`,
  'a path of 4,000 a/': `/${repeat('a/', 4000)}?${SOME}`,
  '1,950 times w=1': `/a.jpg?t=A${repeat('&w=1', 1950)}`,
  '2,000 unknown names': `/a.jpg?t=A&${Array.from({ length: 2000 }, (_, i) => i.toString(36)).join('&')}`,
};
