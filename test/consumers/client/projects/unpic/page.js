import { unpicProvider } from '@edgecrop/client/unpic';
import { Image } from '@unpic/react/base';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

const { transform } = unpicProvider('https://cdn.example.com');

console.log(
  renderToStaticMarkup(
    createElement(Image, {
      src: 'https://cdn.example.com/photos/cat.jpg?t=thumb&w=9',
      transformer: transform,
      layout: 'fixed',
      width: 300,
      aspectRatio: 16 / 9,
      alt: 'A cat',
    }),
  ),
);
