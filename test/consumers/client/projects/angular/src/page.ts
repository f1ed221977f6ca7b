import { IMAGE_LOADER, type ImageLoader, NgOptimizedImage } from '@angular/common';
import { type ApplicationConfig, Component, provideZonelessChangeDetection } from '@angular/core';
import { angularLoader } from '@edgecrop/client/angular';

const loader: ImageLoader = angularLoader('https://cdn.example.com');

@Component({
  selector: 'app-page',
  imports: [NgOptimizedImage],
  template: `
    <img ngSrc="photos/cat.jpg" width="300" height="200" alt="A cat" />
    <img ngSrc="wide.jpg" fill sizes="100vw" [loaderParams]="{ fit: 'fill', position: 'left top' }" alt="" />
    <img ngSrc="late.jpg" width="300" height="200" placeholder alt="" />
  `,
})
export class Page {}

export const config: ApplicationConfig = {
  providers: [provideZonelessChangeDetection(), { provide: IMAGE_LOADER, useValue: loader }],
};
