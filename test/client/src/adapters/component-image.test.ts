import { type ComponentImage, componentUrl } from '../../../../client/src/adapters/component-image';

test.each<readonly [ComponentImage, string]>([
  [{}, '?t=A'],
  [{ width: '300', height: '200px' }, '?t=A&w=300&h=200'],
  [{ width: 300, height: 168.75 }, '?t=A&w=300&h=169'],
  [{ width: 'auto', height: '50%' }, '?t=A'],
  [{ width: 0, height: Number.NaN }, '?t=A'],
  [{ width: 8192, height: 4096 }, '?t=A&w=4096&h=2048'],
  [{ w: 300, h: 200 }, '?t=A&w=300&h=200'],
  [{ dpr: 3.5, w: 100 }, '?t=A&w=100&dpr=3'],
  [{ dpr: 0.75, w: 100 }, '?t=A&w=100&dpr=1'],
  [{ format: 'jpg' }, '?t=A&format=jpeg'],
  [{ format: 'gif' }, '?t=A'],
  [{ format: 'svg' }, '?t=A'],
  [{ quality: '70' }, '?t=A&quality=70'],
  [{ quality: 'high' }, '?t=A&quality=80'],
  [{ quality: null }, '?t=A'],
  [{ fit: 'fill' }, '?t=A&fit=cover'],
  [{ fit: 'outside' }, '?t=A&fit=cover'],
  [{ fit: 'none' }, '?t=A&fit=cover'],
  [{ fit: 'scale-down' }, '?t=A&fit=inside'],
  [{ fit: 'contain' }, '?t=A&fit=contain'],
  [{ background: '#ffffff' }, '?t=A&background=ffffff'],
  [{ background: 'rgb(1 2 3)' }, '?t=A'],
  [{ rect: [0, 0, 0.5, 1], rotate: 90, animated: false }, '?t=A&rect=0,0,0.5,1&rotate=90&animated=false'],
  [{ position: 'center' }, '?t=A&position=centre'],
  [{ position: 'center center' }, '?t=A&position=centre'],
  [{ position: 'top' }, '?t=A&position=north'],
  [{ position: 'left top' }, '?t=A&position=northwest'],
  [{ position: 'Bottom Right' }, '?t=A&position=southeast'],
  [{ position: 'right center' }, '?t=A&position=east'],
  [{ position: '30% 70%' }, '?t=A&position=0.3,0.7'],
  [{ position: '25%' }, '?t=A&position=0.25,0.5'],
  [{ position: 'attention' }, '?t=A&position=attention'],
  [{ position: '0.3,0.7' }, '?t=A&position=0.3,0.7'],
  [{ position: [0.3, 0.7] }, '?t=A&position=0.3,0.7'],
  [{ t: 'thumb' }, '?t=thumb'],
])('%j', (image, query) => {
  expect(componentUrl('', 'a.jpg', image, {})).toBe(`/a.jpg${query}`);
});

test.each<readonly [object, string]>([
  [{ format: 'bmp' }, 'format: got "bmp", allowed: one of jpeg, png, webp, avif, auto, json, jpg'],
  [{ fit: 'stretch' }, 'fit: got "stretch", allowed: one of cover, contain, inside'],
  [{ position: '10px 20px' }, 'position: got "10px%2020px", allowed: one of centre,'],
  [{ sharpen: 5 }, 'sharpen: no such parameter; there are t, w, h,'],
])('refuses %j', (image, line) => {
  expect(() => componentUrl('', 'a.jpg', image, {})).toThrow(line);
});
