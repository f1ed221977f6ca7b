import { bootstrapApplication } from '@angular/platform-browser';
import { config, Page } from './page';

bootstrapApplication(Page, config);
