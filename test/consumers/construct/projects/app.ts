import { App } from 'aws-cdk-lib';
import { Website } from './website';

new Website(new App(), 'Website', { env: { region: 'us-east-1' } });
